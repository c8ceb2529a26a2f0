import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import { readConfig } from '../../lib/config/config.ts';
import { projectContext } from '../../lib/vitrine-context.ts';
import { type Tell, TO_PEOPLE } from '../to-people.ts';
import { destroyStack } from './destroy-stack.ts';
import type { StackContents } from './stack-contents.ts';
import { readStack } from './stack-contents.ts';

export const DESTROY_HELP = `Usage: vitrine destroy [--confirm NAME]

Ends the deployment that cdk.json describes: prints what goes and what stays of each stack, has the deployment's name typed, and deletes the
stacks, the edge first and the home region last. Originals, tables, keys and logs stay unless the deployment was made with
"retainData": false (docs/runbook/destroy.md). The backup belongs to you, and nothing here touches it.

  --confirm  the name of the deployment, instead of typing it

Exit codes: 0 the stacks are gone, 1 they are not, or the name was another one, 2 the call is wrong.
`;

export interface DestroyPorts {
  readonly clientOf: (region: string) => CloudFormationClient;
  /** Has a person answer a question. */
  readonly ask: (question: string) => Promise<string>;
}

/** Runs the verb. @returns the exit code */
export async function destroy(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
  { clientOf, ask }: DestroyPorts = { clientOf: (region) => new CloudFormationClient({ region }), ask: askPerson },
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', default: false }, confirm: { type: 'string' } },
  });
  if (values.help) {
    print(DESTROY_HELP);
    return 0;
  }
  const { name, places } = deployment();
  const found = await Promise.all(places.map(({ stack, region }) => readStack(clientOf(region), stack, region)));
  const stacks = found.filter((one) => one !== undefined);
  if (stacks.length === 0) {
    print(`There is no stack of ${name}: ${places.map(({ stack, region }) => `${stack} in ${region}`).join(', ')}.\n`);
    return 1;
  }
  print(stacks.map(aboutBefore).join(''));
  const typed = values.confirm ?? (await ask(`To delete ${stacks.length} stacks, type the name of the deployment: `));
  if (typed.trim() !== name) {
    print(`That is not ${name}. Nothing was deleted.\n`);
    return 1;
  }
  for (const stack of stacks) {
    tell(`${stack.name} is being deleted.\n`);
    await destroyStack(clientOf(stack.region), stack);
    print(aboutAfter(stack));
  }
  print(whatStays(stacks));
  return 0;
}

/** Stacks in the order in which they can go: those that read of others first. */
function deployment() {
  const { name, regions, backup } = readConfig(projectContext().vitrine);
  const watched = Object.entries(backup?.destinations ?? {}).map(
    ([from, { region = from }]) => [from, region] as const,
  );
  const elsewhere = new Set(watched.filter(([from, region]) => from !== region).map(([, region]) => region));
  const [home, ...others] = regions;
  const places = [
    ...[...elsewhere].map((region) => ({ stack: `${name}-backup-${region}`, region })),
    { stack: `${name}-edge`, region: EDGE_REGION },
    ...[...others, home].map((region) => ({ stack: `${name}-${region}`, region })),
  ];
  return { name, places };
}

function aboutBefore({ name, region, held, others }: StackContents): string {
  const lines = held.map((one) => `  ${one.stays ? 'stays' : 'goes '}  ${one.type}  ${one.name}\n`);
  return `${name} in ${region}:\n${lines.join('')}  goes   ${others} other resources, which a deployment makes again\n`;
}

function aboutAfter({ name, held, others }: StackContents): string {
  const gone = held.filter(({ stays }) => !stays);
  return `${name} is gone, with ${others} resources${gone.map((one) => `\n  and ${one.name}`).join('')}.\n`;
}

function whatStays(stacks: readonly StackContents[]): string {
  const kept = stacks.flatMap(({ region, held }) =>
    held.filter(({ stays }) => stays).map((one) => ({ ...one, region })),
  );
  if (kept.length === 0)
    return 'Nothing stays, but what CloudWatch has measured, and keys until their waiting period ends.\n';
  const lines = kept.map(({ name, type, region }) => `  ${type}  ${name} in ${region}\n`).join('');
  return `These stay, and cost what they hold; a new deployment takes them over (docs/runbook/adopt.md):\n${lines}`;
}

async function askPerson(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    // A pipe that ends has confirmed nothing.
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}
