import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CapabilityPackage } from '../model/knowledge.ts';
import { anyOf, no, type Signal, yes } from '../model/signal.ts';
import { wantedPackages } from './shared/packages.ts';
import { callsNaming, judgeSightings, type Sighting, usesOf } from './shared/reach.ts';
import { filesOf, isAside, noteOf, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'takes-files',
  asks: '`takes`: users upload files to the component, or its code keeps files of theirs in object storage; `stores`: object storage is in use for them',
  reads: 'config',
  options: z.strictObject({ ask: z.enum(['takes', 'stores']).default('takes') }),
  judge: (model, component, { ask }) =>
    anyOf(
      subjects(model, component).map((subject) =>
        ask === 'takes' ? judgeOne(model, subject) : storesIn(model, subject),
      ),
    ),
});

function judgeOne(model: AuditModel, component: Component): Signal {
  const found = takenBy(model, component);
  return found.length > 0 ? yes(...found) : no(`${placeOf(component)}: uploads and files of users`);
}

const takenBy = (model: AuditModel, component: Component): Evidence[] =>
  [...inScript(model, component), ...inText(model, component)].slice(0, 4);

/** In use, or else the places that take files and leave them where they are. */
function storesIn(model: AuditModel, component: Component): Signal {
  const wanted = wantedPackages(model.knowledge, { capability: 'object-storage' });
  const uses = usesOf(model, component, wanted);
  const setUp = setUps(model, component, wanted);
  const stores = judgeSightings(
    [
      ...uses.filter(({ evidence }) => !setUp.some((one) => one.file === evidence.file && one.line === evidence.line)),
      ...handedOn(model, component, new Set(setUp.map(({ file }) => file))),
    ],
    model.wiring.of(component),
    '',
  );
  if (stores.answer !== 'no') return stores;
  const kept = [
    ...boundStorage(model, component),
    ...bucketsOfBackend(model, component),
    ...strapiProviders(model, component),
  ];
  if (kept.length > 0) return yes(...kept.slice(0, 4));
  return no(
    `${placeOf(component)}: object storage for what users upload`,
    takenBy(model, component).map((at) => ({ ...at, note: `${at.note}: takes files` })),
  );
}

/** Where a client is told its account, which puts nothing into it: `cloudinary.config({ … })`. */
const setUps = (
  model: AuditModel,
  component: Component,
  wanted: readonly CapabilityPackage[],
): { file: string; line: number }[] =>
  callsNaming(model.wiring.of(component), wanted)
    .filter(({ fact }) => /(^|\.)config$/.test(fact.callee))
    .map(({ file, fact }) => ({ file, line: fact.line }));

/** A client that a module sets up and hands on, put to work by another: `cloudinary.uploader.upload(…)` on an import of ours. */
function handedOn(model: AuditModel, component: Component, files: ReadonlySet<string>): Sighting[] {
  return model.wiring
    .of(component)
    .called(/\b(uploader|utils|api)\.\w+$/)
    .filter(({ file, fact: { origin } }) => {
      if (origin?.from !== 'module') return false;
      const target = model.wiring.resolveOrigin(file, origin)?.file ?? model.wiring.resolve(file, origin.specifier);
      return target !== null && files.has(target);
    })
    .map(({ file, fact, live }) => ({ evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…)`), live }));
}

/** Object storage that a platform binds to the code, which imports nothing for it: R2 buckets by their name, NuxtHub's blobs. */
function boundStorage(model: AuditModel, component: Component): Evidence[] {
  const buckets = model.facts.platforms
    .flatMap(({ resources }) => resources)
    .filter(({ type, name }) => type === 'r2' && name !== '')
    .map(({ name }) => name);
  return model.wiring
    .of(component)
    .calls(({ callee }, file) => {
      const [method, of] = callee.split('.').reverse();
      if (isAside(file) || !/^(put|putObject|createMultipartUpload|handleUpload)$/.test(method!)) return false;
      return /\bhubBlob\(\)/.test(callee) || buckets.includes((of ?? '').replace(/[!?]/g, ''));
    })
    .filter(({ live }) => live === 'live')
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…) keeps it in a bucket that is bound`));
}

/** Buckets of a hosted back end, asked of a client that a module of ours makes: `supabase.storage.from('uploads')`. */
const bucketsOfBackend = (model: AuditModel, component: Component): Evidence[] =>
  model.wiring
    .of(component)
    .called(/(^|\.)storage\.from$/)
    .filter(
      ({ file, fact: { callee, origin }, live }) =>
        live === 'live' &&
        !isAside(file) &&
        model.wiring
          .behind(file, { kind: 'ref', path: callee, origin })
          .some((use) => use.package.startsWith('@supabase/')),
    )
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…)`));

/** Strapi names the provider of its media library as a text in the configuration of its plugins. */
const strapiProviders = (model: AuditModel, component: Component): Evidence[] =>
  component.frameworks.includes('strapi')
    ? filesOf(model, component)
        .filter((file) => /(^|\/)config\/(env\/[\w-]+\/)?plugins\.[jt]s$/.test(file))
        .flatMap((file) => {
          const text = model.view.text(file);
          const found = /\bupload\b[\s\S]{0,400}?\bprovider\s*:\s*['"`](?!local)([^'"`]+)/.exec(text);
          const line = found ? text.slice(0, found.index + found[0].length).split('\n').length : 0;
          return found ? [noteOf({ file, line }, `uploads go to ${found[1]}`)] : [];
        })
    : [];

function inScript(model: AuditModel, component: Component): Evidence[] {
  const wiring = model.wiring.of(component);
  const wanted = [
    ...wantedPackages(model.knowledge, { capability: 'file-upload', tags: ['server'] }),
    ...wantedPackages(model.knowledge, { capability: 'object-storage' }),
  ];
  const uses = usesOf(model, component, wanted)
    .filter((one) => one.live !== 'dead')
    .map((one) => one.evidence);
  // A form's file read by hand: `form.get('file')`, then its bytes.
  const byHand = wiring
    .called(/\.(arrayBuffer|bytes|stream)$/)
    .filter(({ file, fact }) => /file|upload|image|avatar|photo/i.test(fact.callee) && !isAside(file))
    .filter(({ file, live }) => live === 'live' && /\.formData\(\)/.test(model.view.text(file)))
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…) of an uploaded file`));
  // Bun writes the file of a form as it is: `Bun.write(path, form.image)`.
  const written = wiring
    .called(/^Bun\.write$/)
    .filter(
      ({ file, fact: { args }, live }) =>
        live === 'live' && !isAside(file) && args[1]?.kind === 'ref' && formFile.test(args[1].path),
    )
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, 'Bun.write(…) of an uploaded file'));
  return [
    ...written,
    ...uses.filter(({ file }) => !isAside(file) && !refusesFiles(model, file)),
    ...byHand,
    ...boundStorage(model, component),
    ...bucketsOfBackend(model, component),
    ...payloadUploads(model, component),
  ];
}

const formFile = /(req|body|form|payload|input|data)\w*\.\w*(file|image|avatar|photo|upload|picture)/i;

/** Collections of Payload that hold files: `upload: true`, or the options of it. */
const payloadUploads = (model: AuditModel, component: Component): Evidence[] =>
  component.frameworks.includes('payload')
    ? model.wiring.of(component).reached.flatMap((file) => {
        const text = model.view.text(file);
        const found = text.includes('slug:') && !isAside(file) ? /^[ \t]*upload:\s*(?:true\b|\{)/m.exec(text) : null;
        return found
          ? [noteOf({ file, line: text.slice(0, found.index).split('\n').length }, 'a collection of files')]
          : [];
      })
    : [];

/** A parser of forms that turns every file away: `upload.none()`. */
function refusesFiles(model: AuditModel, file: string): boolean {
  const text = model.view.text(file);
  return /\.none\(\)/.test(text) && !/\.(single|array|fields|any)\(/.test(text);
}

const ofJava = /\bMultipartFile\b|AmazonS3|S3Client/;
const upload: Partial<Record<Component['language'], RegExp>> = {
  python: /request\.files|\bUploadFile\b|\b(File|Image)Field\(|request\.FILES|boto3\.(client|resource)\(\s*['"]s3/,
  go: /\.FormFile\(|ParseMultipartForm\(|s3\.New/,
  java: ofJava,
  kotlin: ofJava,
  dotnet: /\bIFormFile\b|BlobServiceClient|IAmazonS3/,
  php: /\$_FILES|->file\(|move_uploaded_file|Storage::/,
  ruby: /has_(one|many)_attached|mount_uploader/,
  rust: /\bMultipart\b|aws_sdk_s3/,
};

/** What takes an upload in other languages is written in few ways. */
function inText(model: AuditModel, component: Component): Evidence[] {
  const call = upload[component.language];
  if (!call) return [];
  return filesOf(model, component)
    .filter((file) => /\.(py|go|java|kt|cs|php|rb|rs)$/.test(file) && !isAside(file, component.path))
    .flatMap((file) => {
      const lines = model.view.text(file).split('\n');
      const index = lines.findIndex((line) => call.test(line));
      return index < 0 ? [] : [noteOf({ file, line: index + 1 }, 'takes or keeps a file')];
    });
}
