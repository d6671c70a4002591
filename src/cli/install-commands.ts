import type { FixPlan } from '../fix/index.ts';

export interface InstallCommand {
  folder: string;
  words: string[];
  /** For people: `npm install in services/api`. */
  shown: string;
}

/** What brings the packages in that a plan adds: once per folder that packages are installed in. */
export function installCommands(plan: FixPlan): InstallCommand[] {
  const places = new Map(plan.fixes.flatMap(({ installs }) => installs.map((one) => [one.root, one.manager] as const)));
  return [...places].map(([folder, manager]) => ({
    folder,
    words: [manager, 'install'],
    shown: folder === '.' ? `${manager} install` : `${manager} install in ${folder}`,
  }));
}
