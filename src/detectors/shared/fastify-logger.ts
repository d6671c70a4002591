import type { CommandRun } from '../../commands/index.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { livenessIn, type Sighting } from './reach.ts';
import { noteOf } from './scope.ts';
import { startedFor } from './started.ts';

/** Levels above the one that requests are logged at. */
const aboveRequests = /^(silent|fatal|error|warn)$/;

/**
 * Fastify logs each request where its logger is on (`requests`: and its level lets them through); hapi and Koa by plugins,
 * which are known as packages.
 */
export function loggingFastify(model: AuditModel, component: Component, requests = false): Sighting[] {
  const wiring = model.wiring.of(component);
  const inCode: Sighting[] = wiring
    .called(/(^|^new |\.)(fastify|Fastify|FastifyAdapter)$/)
    .filter(({ fact: { origin } }) => origin?.from === 'package' && /fastify/.test(origin.package))
    .filter(({ file, fact }) => {
      const options = fact.args[0];
      const text = model.view.text(file).slice(fact.start, fact.end);
      if (/disableRequestLogging\s*:\s*true/.test(text)) return false;
      if (options?.kind === 'object') {
        const asked = options.props.logger ?? options.props.loggerInstance;
        const level = asked?.kind === 'object' ? asked.props.level : undefined;
        if (requests && level?.kind === 'string' && aboveRequests.test(level.value)) return false;
        return asked !== undefined && !(asked.kind === 'boolean' && !asked.value)
          ? true
          : options.spread && /logger/.test(text);
      }
      return (
        options !== undefined &&
        /logger/.test(`${text} ${options.kind === 'ref' ? model.view.text(file).slice(0, 6000) : ''}`)
      );
    })
    .map(({ file, fact, live }) => ({
      evidence: noteOf({ file, line: fact.line }, 'Fastify with its logger on, which logs each request'),
      live: livenessIn(wiring, live),
    }));
  return [...inCode, ...byCommand(model, component)];
}

/** `fastify start -l info`: its command line logs at `fatal` only unless it is asked for more; with `-w` it is at work, not in production. */
const byCommand = (model: AuditModel, component: Component): Sighting[] =>
  component.frameworks.includes('fastify')
    ? startedFor(model, component, logs).map(({ evidence }) => ({ evidence, live: 'live' }))
    : [];

function logs({ program, argv }: CommandRun): boolean {
  const words = argv.join(' ');
  return (
    program === 'fastify' &&
    /(^| )(-l|--log-level)[ =](trace|debug|info)\b/.test(words) &&
    !/ (-w|--watch)\b/.test(words)
  );
}
