// Part of the build: leaves the checked rules, knowledge and arithmetic as JSON beside the code, so that a run does not read them anew.
import { writeFileSync } from 'node:fs';
import { compile, compiledFile } from '../dist/catalogue/compiled.js';
import { builtInFiles, scoringFile } from '../dist/catalogue/files.js';
import { knowledgeFiles, knowledgeFrom } from '../dist/catalogue/knowledge.js';
import { rulesFrom } from '../dist/catalogue/load.js';
import { readScorings } from '../dist/catalogue/scoring.js';

const rules = builtInFiles();
writeFileSync(compiledFile('rules'), compile(rules, rulesFrom(rules)));
const knowledge = knowledgeFiles();
const { capabilities, frameworks, defaults } = knowledgeFrom(knowledge);
writeFileSync(
  compiledFile('knowledge'),
  compile(knowledge, { capabilities: [...capabilities], frameworks: [...frameworks], defaults }),
);
writeFileSync(compiledFile('scoring'), compile([scoringFile()], readScorings()));
