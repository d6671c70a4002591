import { asList, asRecord, asText, isRecord } from '../model/data.ts';
import type { Analyzer, IacFact } from '../model/facts/index.ts';
import { baseOf } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { functionsOf } from './shared/declared-functions.ts';
import { readBicep, readConstructs, readTerraform } from './shared/iac-blocks.ts';
import { bicepValues, givenValues, terraformValues } from './shared/iac-values.ts';
import { isYamlPath, type Located, readJson, yamlOf } from './shared/yaml.ts';

const analyzer: Analyzer<'iac'> = {
  gives: 'iac',
  sees: 'Terraform, Bicep, CloudFormation, ARM, Nomad, and constructs of Pulumi and CDK programs: resources by type, with the block as written.',
  blindTo: 'modules kept elsewhere, computed names, and what counts or loops make.',
  analyze(view, fail) {
    const facts: IacFact[] = [];
    const inCode = usesProgrammedIac(view);
    for (const path of view.list()) {
      try {
        const fact = readIac(view, path, inCode);
        if (fact && (fact.resources.length > 0 || fact.values?.length)) facts.push(fact);
      } catch (error) {
        fail({ file: path, line: null, message: error instanceof Error ? error.message : String(error) });
      }
    }
    return facts;
  },
};
export default analyzer;

/** Only then is it worth looking for constructs in every program. */
const usesProgrammedIac = (view: RepoView): boolean =>
  view
    .list()
    .some(
      (path) => baseOf(path) === 'package.json' && /"(?:@pulumi\/|aws-cdk-lib|@aws-cdk\/|cdktf)/.test(view.text(path)),
    );

/** Where templates are kept, so that not every JSON file of a repository is read. */
const templatePath =
  /(?:template|cloud-?formation|cfn|azuredeploy|arm|stack|infra|deploy|main)[^/]*(?:\/[^/]*)*\.(?:json|template)$/i;

function readIac(view: RepoView, path: string, inCode: boolean): IacFact | null {
  const name = baseOf(path);
  const text = (): string => view.text(path);
  if (/\.(?:tf|tofu)$/.test(name))
    return { path, tool: 'terraform', resources: readTerraform(text()), values: terraformValues(text()) };
  if (/(?:^terraform|\.auto)\.tfvars$/.test(name))
    return { path, tool: 'terraform', resources: [], values: givenValues(text()) };
  if (/\.nomad(?:\.hcl)?$/.test(name)) return { path, tool: 'nomad', resources: readTerraform(text()) };
  if (name.endsWith('.bicep'))
    return { path, tool: 'bicep', resources: readBicep(text()), values: bicepValues(text()) };
  if (isYamlPath(path) && /^Resources:/m.test(text())) {
    const document = yamlOf(view, path).documents[0];
    return document ? cloudFormation(path, document) : null;
  }
  if (templatePath.test(path) && /"(?:Resources|resources)"\s*:/.test(text().slice(0, 200_000))) {
    return /deploymentTemplate\.json|AWSTemplateFormatVersion|"AWS::/.test(text()) ? template(path, text()) : null;
  }
  if (inCode && /\.[cm]?[jt]s$/.test(name) && !/\.(?:test|spec|d)\.[cm]?[jt]s$/.test(name)) {
    const source = text();
    if (/['"]@pulumi\//.test(source)) return programmed(path, 'pulumi', source);
    if (/['"](?:aws-cdk-lib|@aws-cdk\/|cdktf)/.test(source)) return programmed(path, 'cdk', source);
  }
  return null;
}

function programmed(path: string, tool: 'cdk' | 'pulumi', source: string): IacFact {
  const resources = readConstructs(source);
  const functions = functionsOf(path, source, resources);
  return { path, tool, resources, ...(functions.length > 0 ? { functions } : {}) };
}

function template(path: string, text: string): IacFact | null {
  const document = readJson(text).documents[0];
  if (!document) return null;
  return Array.isArray(asRecord(document.data).resources) ? arm(path, document) : cloudFormation(path, document);
}

function cloudFormation(path: string, { data, lines }: Located): IacFact | null {
  const resources = Object.entries(asRecord(asRecord(data).Resources)).filter(([, resource]) =>
    /::/.test(asText(asRecord(resource).Type) ?? ''),
  );
  return {
    path,
    tool: 'cloudformation',
    resources: resources.map(([name, resource]) => ({
      type: asText(asRecord(resource).Type)!,
      name,
      line: lines[`Resources.${name}`] ?? 1,
      text: JSON.stringify(resource).slice(0, 4_000),
    })),
  };
}

function arm(path: string, { data, lines }: Located): IacFact {
  return {
    path,
    tool: 'arm',
    resources: asList(asRecord(data).resources)
      .map((resource, i) => ({ resource, line: lines[`resources.${i}`] ?? 1 }))
      .filter(({ resource }) => isRecord(resource))
      .map(({ resource, line }) => ({
        type: asText(asRecord(resource).type) ?? '',
        name: asText(asRecord(resource).name) ?? '',
        line,
        text: JSON.stringify(resource).slice(0, 4_000),
      })),
  };
}
