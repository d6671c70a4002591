import type {
  ComposeFact,
  DataSchemaFact,
  DockerfileFact,
  EnvFileFact,
  HelmChartFact,
  IacFact,
  KubernetesFact,
  KustomizationFact,
  PageFact,
  PipelineFact,
  PlatformFact,
  ProxyFact,
  WebManifestFact,
} from './config.ts';
import type { ForeignManifestFact, LockfileFact, ManifestFact } from './manifest.ts';
import type { SourceFact } from './source.ts';

export type * from './config.ts';
export type * from './manifest.ts';
export type * from './source.ts';

/** Every fact, by the analyzer that gives it. The compiler holds this list and the analyzers together. */
export interface FactMap {
  manifests: ManifestFact[];
  foreignManifests: ForeignManifestFact[];
  lockfiles: LockfileFact[];
  sources: SourceFact[];
  envFiles: EnvFileFact[];
  dockerfiles: DockerfileFact[];
  compose: ComposeFact[];
  kubernetes: KubernetesFact[];
  helm: HelmChartFact[];
  kustomizations: KustomizationFact[];
  pipelines: PipelineFact[];
  proxies: ProxyFact[];
  platforms: PlatformFact[];
  iac: IacFact[];
  dataSchemas: DataSchemaFact[];
  pages: PageFact[];
  webManifests: WebManifestFact[];
}
export type FactName = keyof FactMap;

/** What went wrong while facts were read: the run goes on, and rules that need the fact say why they cannot be judged. */
export interface FactFailure {
  fact: FactName;
  file: string | null;
  line: number | null;
  message: string;
}
export interface Facts extends FactMap {
  failures: FactFailure[];
}

/** Facts of single files, kept from run to run. Values are plain JSON; a key names everything that the value was read from. */
export interface FactStore {
  /** The value kept under the key, or undefined. */
  get(key: string): unknown;
  keep(key: string, value: unknown): void;
}

/** One kind of fact, read from the whole repository. Must not throw for bad input of one file: it reports that file in `failures` and goes on. */
export interface Analyzer<K extends FactName> {
  gives: K;
  /** One sentence each: what it reads, and what it cannot see. */
  sees: string;
  blindTo: string;
  /** `kept` spares an analyzer that reads many files most of its work; with it and without it the facts are the same. */
  analyze(
    view: import('../repository.ts').RepoView,
    fail: (failure: Omit<FactFailure, 'fact'>) => void,
    kept?: FactStore | null,
  ): FactMap[K];
}
