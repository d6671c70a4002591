import type { ComponentKind, Language } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import { type Decide, home } from '../decision.ts';
import { ownFile, type Signals } from '../signals.ts';
import { isPlaced } from './library.ts';

interface Mark {
  kind: ComponentKind;
  dependency: RegExp;
}

/** What a dependency says of a component whose code we do not read. Requests before queues: what answers is a service. */
const marks: Partial<Record<Language, Mark[]>> = {
  python: [
    { kind: 'tool', dependency: /^(locust)$/i },
    {
      kind: 'service',
      dependency:
        /^(flask|django|fastapi|starlette|sanic|aiohttp|tornado|falcon|bottle|quart|litestar|uvicorn|gunicorn|hypercorn|grpcio|robyn|blacksheep|djangorestframework|strawberry-graphql)$/i,
    },
    { kind: 'web', dependency: /^(streamlit|gradio|dash|reflex|nicegui)$/i },
    {
      kind: 'worker',
      dependency:
        /^(celery|rq|dramatiq|huey|arq|kafka-python|confluent-kafka|aiokafka|pika|aio-pika|nats-py|apscheduler|prefect|apache-airflow|temporalio|python-telegram-bot|discord\.py)$/i,
    },
  ],
  go: [
    {
      kind: 'service',
      dependency:
        /gin-gonic\/gin|labstack\/echo|gofiber\/fiber|go-chi\/chi|gorilla\/(mux|websocket)|julienschmidt\/httprouter|google\.golang\.org\/grpc|connectrpc\.com\/connect|go-kit\/kit|go-kratos|beego|gobuffalo|huma|99designs\/gqlgen|twitchtv\/twirp/,
    },
    {
      kind: 'worker',
      dependency:
        /segmentio\/kafka-go|IBM\/sarama|Shopify\/sarama|confluent-kafka-go|rabbitmq\/amqp|streadway\/amqp|nats-io\/nats|hibiken\/asynq|robfig\/cron|go\.temporal\.io/,
    },
  ],
  java: jvm(),
  kotlin: jvm(),
  rust: [
    { kind: 'service', dependency: /^(axum|actix-web|rocket|warp|tonic|poem|tide|salvo|gotham|hyper)$/ },
    { kind: 'worker', dependency: /^(rdkafka|lapin|async-nats|apalis)$/ },
  ],
  php: [
    {
      kind: 'service',
      dependency:
        /laravel\/framework|laravel\/lumen|symfony\/(framework-bundle|http-kernel|runtime)|slim\/slim|yiisoft|cakephp\/cakephp|codeigniter|mezzio|api-platform|hyperf/,
    },
  ],
  ruby: [
    { kind: 'service', dependency: /^(rails|sinatra|hanami|grape|roda|puma|rack)$/ },
    { kind: 'worker', dependency: /^(sidekiq|resque|karafka|bunny)$/ },
  ],
  dotnet: [
    {
      kind: 'service',
      dependency:
        /^(Microsoft\.NET\.Sdk\.Web|Microsoft\.AspNetCore\.App|Microsoft\.Azure\.Functions.*|Microsoft\.NET\.Sdk\.Functions)$/i,
    },
    { kind: 'web', dependency: /^Microsoft\.NET\.Sdk\.BlazorWebAssembly$/i },
    { kind: 'worker', dependency: /^Microsoft\.NET\.Sdk\.Worker$/i },
  ],
  elixir: [{ kind: 'service', dependency: /^(phoenix|plug_cowboy|bandit|plug)$/ }],
  dart: [
    { kind: 'mobile', dependency: /^flutter$/ },
    { kind: 'service', dependency: /^(shelf|dart_frog|serverpod|conduit)$/ },
  ],
  swift: [{ kind: 'service', dependency: /vapor|hummingbird/i }],
};

function jvm(): Mark[] {
  return [
    { kind: 'mobile', dependency: /com\.android\.application/ },
    {
      kind: 'service',
      dependency:
        /spring-boot-starter-(web|webflux|graphql|data-rest|tomcat)|quarkus-(rest|resteasy|vertx|undertow)|micronaut-(http-server|server)|io\.micronaut\.application|ktor-server|vertx-web|dropwizard|javalin|sparkjava|spark-core|grpc-(netty|services|server)|jersey|spring-cloud-(gateway|starter-gateway|netflix-eureka-server|config-server)|helidon/,
    },
    {
      kind: 'worker',
      dependency: /spring-kafka|kafka-(clients|streams)|spring-boot-starter-(amqp|batch|quartz)|spring-rabbit/,
    },
  ];
}

/** Code that listens, for components whose dependencies do not say so (standard libraries). */
const listeningText: Partial<Record<Language, RegExp>> = {
  go: /http\.ListenAndServe|http\.Server\{|grpc\.NewServer|net\.Listen\(/,
  // Functions of a cloud that answer requests listen as their platform does.
  python:
    /HTTPServer\(|socketserver\.|\.run\(\s*host|grpc\.server\(|\bhttps_fn\.on_(?:request|call)\b|\bfunctions_framework\.http\b/,
  java: /HttpServer\.create|ServerBuilder\.forPort/,
  rust: /TcpListener::bind/,
  php: /\$_SERVER\[|\$_(GET|POST|REQUEST)\[/,
  ruby: /WEBrick|TCPServer\.new/,
  dotnet: /WebApplication\.Create|WebHost\.Create|HttpListener\(/,
};
const clientOnly: Partial<Record<Language, RegExp>> = {
  go: /google\.golang\.org\/grpc|connectrpc/,
  python: /^grpcio|^aiohttp/i,
};
const entries: Partial<Record<Language, RegExp>> = {
  go: /(^|\/)main\.go$/,
  python:
    /(^|\/)(main|app|manage|wsgi|asgi|server|run|application|api|__main__|\w+_server)\.py$|(^|\/)app\/__init__\.py$/,
  rust: /(^|\/)src\/(main|bin\/[^/]+)\.rs$/,
  dotnet: /(^|\/)Program\.(cs|fs)$/,
};
const bound = 300;

/** Kind of a component in a language that has no code analyser: by its dependencies, then by words of its source. */
export const foreign: Decide = (signals) => {
  const { language } = signals.root;
  if (language === 'js') return null;
  const found = marked(signals);
  const text = found && found.kind !== 'tool' ? null : listens(signals);
  if (found?.kind === 'service' && isLibraryByEntry(signals))
    return { kind: 'library', evidence: [home(signals, 'no program in it starts')] };
  if (found) return { kind: found.kind, evidence: [found.evidence] };
  if (text) return { kind: 'service', evidence: [text] };
  if (signals.deployed.length > 0) return { kind: 'worker', evidence: [signals.deployed[0]!.evidence] };
  if (ownFile(signals, 'Podfile') || signals.own.some((file) => file.endsWith('.xcodeproj/project.pbxproj')))
    return { kind: 'mobile', evidence: [home(signals, 'native app project')] };
  const entry = entries[language];
  const runs =
    isPlaced(signals) ||
    signals.root.manifest === null ||
    (entry !== undefined && signals.own.some((file) => entry.test(file)));
  return {
    kind: runs ? 'tool' : 'library',
    evidence: [home(signals, runs ? 'a program that nothing deploys' : 'nothing in it runs by itself')],
  };
};

/** Languages in which a program has a file of a fixed name: without one, a module only offers parts. */
const isLibraryByEntry = (signals: Signals): boolean => {
  const entry = entries[signals.root.language];
  return entry !== undefined && !isPlaced(signals) && !signals.own.some((file) => entry.test(file));
};

function marked(signals: Signals): { kind: ComponentKind; evidence: Evidence } | null {
  const { language } = signals.root;
  for (const { kind, dependency } of marks[language] ?? []) {
    for (const manifest of signals.foreign) {
      const hit = manifest.dependencies.find((d) => dependency.test(d.name));
      if (!hit) continue;
      // Kits that serve both ends show a service only where the code opens a port.
      if (clientOnly[language]?.test(hit.name) && !listens(signals)) continue;
      return { kind, evidence: { file: manifest.path, line: hit.line, note: `depends on ${hit.name}` } };
    }
  }
  return null;
}

function listens(signals: Signals): Evidence | null {
  const pattern = listeningText[signals.root.language];
  if (!pattern) return null;
  for (const file of signals.work.slice(0, bound)) {
    const text = signals.view.text(file);
    const at = text.search(pattern);
    if (at !== -1) return { file, line: text.slice(0, at).split('\n').length, note: 'opens a port' };
  }
  return null;
}
