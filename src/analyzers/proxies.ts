import type { Analyzer, ProxyFact } from '../model/facts/index.ts';
import { baseOf } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { readCaddyfile } from './shared/caddy.ts';
import { readApache, readGateway, readHaproxy } from './shared/gateways.ts';
import { looksLikeNginx, readNginx } from './shared/nginx.ts';
import { readToml } from './shared/toml.ts';
import { isYamlPath, type Problem, yamlOf } from './shared/yaml.ts';

const caddyName = /^(?:Caddyfile(?:\..+)?|.+\.Caddyfile)$/i;
const confName =
  /\.(?:conf|nginx|vhost)(?:\.(?:template|tmpl|tpl|j2|erb|sample))?$|^nginx[^/]*\.(?:template|tmpl|tpl|j2)$|^(?:default|site)\.template$/i;
const gatewayYaml = /^(?:entryPoints|certificatesResolvers|http|_format_version|static_resources):/m;

const analyzer: Analyzer<'proxies'> = {
  gives: 'proxies',
  sees: 'nginx, Caddy, Traefik, Envoy, Kong, HAProxy and Apache configs: routes, listeners, TLS, headers, limits, access logs.',
  blindTo: 'configs written by scripts, included files outside the repository, and Lua.',
  analyze(view, fail) {
    const facts: ProxyFact[] = [];
    for (const path of view.list()) {
      try {
        const fact = readProxy(view, path, (problem) => fail({ file: path, ...problem }));
        if (fact) facts.push(fact);
      } catch (error) {
        fail({ file: path, line: null, message: error instanceof Error ? error.message : String(error) });
      }
    }
    return facts;
  },
};
export default analyzer;

function readProxy(view: RepoView, path: string, report: (problem: Problem) => void): ProxyFact | null {
  const name = baseOf(path);
  if (caddyName.test(name)) return readCaddyfile(path, view.text(path));
  if (/^haproxy.*\.cfg$/i.test(name)) return readHaproxy(path, view.text(path));
  if (confName.test(name) || (/(?:^|\/)sites-(?:available|enabled)\//.test(path) && !name.includes('.md'))) {
    const text = view.text(path);
    if (/^\s*<VirtualHost|^\s*ProxyPass\s/im.test(text)) return readApache(path, text);
    return looksLikeNginx(text) ? readNginx(path, text) : null;
  }
  if (isYamlPath(path)) {
    if (!gatewayYaml.test(view.text(path))) return null;
    const document = yamlOf(view, path).documents[0];
    return document ? readGateway(path, document) : null;
  }
  if (/^(?:traefik|dynamic|rules|tls|routers)[^/]*\.toml$/i.test(name)) {
    const { document, problem } = readToml(view.text(path));
    if (problem) report(problem);
    return document ? readGateway(path, document) : null;
  }
  return null;
}
