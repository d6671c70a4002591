import { baseOf } from '../../model/paths.ts';
import { type Decide, home } from '../decision.ts';
import { isMobileName } from '../roots/stubs.ts';
import { hasFolder, ownFile, type Signals, startedBy, uses } from '../signals.ts';

const appConfigs = [
  'app.json',
  'app.config.ts',
  'app.config.js',
  'app.config.mjs',
  'app.config.cjs',
  'metro.config.js',
  'metro.config.ts',
  'metro.config.cjs',
  'eas.json',
  'nativescript.config.ts',
  'nativescript.config.js',
  'nsconfig.json',
];

/** React Native, Expo, NativeScript, Cordova, Capacitor and Ionic apps; a package that only offers parts for one is a library. */
export const mobile: Decide = (signals) => native(signals) ?? hybrid(signals);

const native: Decide = (signals) => {
  const use = uses(signals, 'expo', 'react-native', 'nativescript');
  if (use?.how !== 'runtime') return null;
  const config = ownFile(signals, ...appConfigs);
  const started = startedBy(signals, 'expo', 'react-native', 'ns');
  if (!started && isPart(signals)) return null;
  const isApp =
    started !== null ||
    (config !== null && !/metro/.test(config)) ||
    hasFolder(signals, 'ios') ||
    hasFolder(signals, 'android');
  if (!isApp) return null;
  const shown = started ? started.evidence : config ? { file: config, line: 1, note: 'app configuration' } : null;
  return { kind: 'mobile', evidence: [use.evidence, ...(shown ? [shown] : [])], framework: use.fact.name };
};

/** Made to be built into somebody else's app: it takes React Native from there, or is a pod of its own. */
const isPart = ({ manifest, root, view }: Signals): boolean =>
  ['react-native', 'expo'].some((name) => name in (manifest?.peerDependencies ?? {})) ||
  view.glob(root.path === '.' ? '*.podspec' : `${root.path}/*.podspec`).length > 0;

const hybrid: Decide = (signals) => {
  const use = uses(signals, 'capacitor', 'ionic', 'cordova');
  const config = ownFile(
    signals,
    'capacitor.config.ts',
    'capacitor.config.js',
    'capacitor.config.json',
    'config.xml',
    'ionic.config.json',
  );
  if (!use || !config) return null;
  const isNative = hasFolder(signals, 'ios') || hasFolder(signals, 'android') || uses(signals, 'ionic') !== null;
  // A web app that is also wrapped stays a web app when it is served as one.
  if (!isNative || signals.deployed.length > 0) return null;
  return {
    kind: 'mobile',
    evidence: [{ file: config, line: 1, note: 'native app configuration' }, use.evidence],
    framework: use.fact.name,
  };
};

/** A folder named for the mobile app in which nothing is one. */
export const mobileStub: Decide = (signals) => {
  const isNamed = isMobileName(baseOf(signals.root.path)) && signals.root.path !== '.';
  if (!isNamed || signals.work.length > 0) return null;
  return { kind: 'mobile', evidence: [home(signals, 'meant as a mobile app, no app in it')], stub: true };
};
