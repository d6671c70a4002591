import type { DeployedService, Environment } from '../model/deployment.ts';
import { baseOf } from '../model/paths.ts';
import type { ValueAt } from '../model/value-at.ts';
import type { Context } from './context.ts';
import type { Resource } from './iac-modules.ts';

/** A gateway that code fills with routes, by loops as well: it leads to the services whose names its file says. */
export function gateway(context: Context, environment: Environment, resource: Resource): void {
  if (!/(?:^|\.)(?:HttpApi|RestApi)$/.test(resource.type) || !/\.[cm]?[jt]s$|\.py$/.test(resource.file)) return;
  const words = new Set(context.view.text(resource.file).match(/(?<=["'`])[\w-]+(?=["'`])/g));
  for (const { path, name } of context.roots) {
    if (!words.has(name.replace(/^@[^/]+\//, '')) && !words.has(baseOf(path))) continue;
    environment.routes.push({
      match: '/',
      service: null,
      component: path,
      tls: true,
      evidence: {
        file: resource.file,
        line: resource.line,
        note: `${resource.type} ${resource.name} leads to ${path}`,
      },
    });
  }
}

/** What code says of a construct once it is made: `service.targetGroup.configureHealthCheck(…)`, `service.autoScaleTaskCount(…)`. */
export function settledAfter(
  context: Context,
  { file, text }: Resource,
): Partial<Pick<DeployedService, 'healthProbe' | 'autoscaled'>> {
  const source = /\.[cm]?[jt]s$/.test(file) ? context.view.text(file) : '';
  const start = source.indexOf(text);
  const name = /(\w+)(?:\s*:\s*[\w.<>]+)?\s*=\s*$/.exec(
    source.slice(Math.max(0, start - 200), Math.max(0, start)),
  )?.[1];
  if (name === undefined) return {};
  // A stack often keeps what it made under another name: `this.service = balanced.service;`.
  const kept = [...source.matchAll(new RegExp(`(\\w+)\\s*=\\s*(?:this\\.)?${name}(?:\\.\\w+)*\\s*[;\\n]`, 'g'))];
  const names = [name, ...kept.map((match) => match[1]!)].join('|');
  const called = (method: string): ValueAt<string> | null => {
    const match = new RegExp(`\\b(?:${names})(?:\\.\\w+)*\\.(${method})\\(`).exec(source);
    return match && { value: match[1]!, file, line: source.slice(0, match.index).split('\n').length };
  };
  const healthProbe = called('configureHealthCheck');
  const autoscaled = called('autoScaleTaskCount');
  return { ...(healthProbe ? { healthProbe } : {}), ...(autoscaled ? { autoscaled } : {}) };
}
