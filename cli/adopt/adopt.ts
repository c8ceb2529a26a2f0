import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AdoptionError, planAdoption, type TaggedResources } from './plan-adoption.ts';

export const ADOPT_HELP = `Usage: vitrine adopt --stack NAME --kept FILE [--assembly FOLDER] [--out FOLDER] [--take ARN]...

Writes the two files with which CloudFormation gives a new stack the data that an earlier one left.

  --stack     name of the stack, for example vitrine-eu-west-1
  --kept      what this prints, in the stack's region:
              aws resourcegroupstaggingapi get-resources --tag-filters Key=vitrine:kept
  --assembly  the synthesized app (npm run synth). Default: cdk.out
  --out       folder for the files. Default: adopt
  --take      one of several resources that were kept for the same place; may be given more than once

Exit codes: 0 the files are written, 1 there is nothing to adopt or a choice to make, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export function adopt(args: readonly string[], print: (text: string) => void): number {
  const { help, stack, kept, assembly, out, take } = readArguments(args);
  if (help || stack === undefined || kept === undefined) {
    print(ADOPT_HELP);
    return help ? 0 : 2;
  }
  try {
    const template = JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8'));
    const tagged = JSON.parse(readFileSync(kept, 'utf8')) as TaggedResources;
    const adoption = planAdoption(template, tagged, take);
    const files = { template: join(out, `${stack}.template.json`), resources: join(out, `${stack}.resources.json`) };
    mkdirSync(out, { recursive: true });
    writeFileSync(files.template, JSON.stringify(adoption.template, null, 2));
    writeFileSync(files.resources, JSON.stringify(adoption.resources, null, 2));
    for (const { tag } of adoption.empty) print(`Nothing was kept as ${tag}; the deployment makes it empty.\n`);
    print(nextSteps(stack, files));
    return 0;
  } catch (error) {
    if (!(error instanceof AdoptionError)) throw error;
    print(`${error.message}\n`);
    return 1;
  }
}

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      stack: { type: 'string' },
      kept: { type: 'string' },
      assembly: { type: 'string', default: 'cdk.out' },
      out: { type: 'string', default: 'adopt' },
      take: { type: 'string', multiple: true, default: [] },
    },
  });
  return values;
}

/** For people: an import is done by hand, once, with a look at the change set before it is executed. */
function nextSteps(stack: string, { template, resources }: { readonly template: string; readonly resources: string }) {
  const target = `--stack-name ${stack} --change-set-name adopt`;
  return `Run, in the stack's region:

  aws cloudformation create-change-set ${target} --change-set-type IMPORT \\
    --template-body file://${template} --resources-to-import file://${resources}
  aws cloudformation wait change-set-create-complete ${target}
  aws cloudformation describe-change-set ${target}
  aws cloudformation execute-change-set ${target}
  aws cloudformation wait stack-import-complete --stack-name ${stack}

Then deploy as usual: npm run deploy
`;
}
