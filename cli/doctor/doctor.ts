import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { awsClients } from './aws-clients.ts';
import type { DoctorDeps } from './check.ts';
import { CHECKS } from './checks.ts';
import { type Deployment, NotReached } from './deployment.ts';
import { findInAws } from './find-in-aws.ts';
import { library } from './library.ts';
import { media } from './media.ts';
import { redact } from './redact.ts';
import { type Finding, report } from './report.ts';
import { runChecks } from './run-checks.ts';
import { storeSample } from './sample.ts';

export const DOCTOR_HELP = `Usage: vitrine doctor [--name NAME] [--region REGION] [--own-address ADDRESS] [--cost] [--large-uploads]
       vitrine doctor --local FILE [--large-uploads]

Looks at a deployment and prints a report to paste into an issue. It has no secrets, accounts, hosts and addresses in it.
While it runs, a small picture is in the library and a rule blocks its URL for some seconds.

  --name         name of the deployment. Default: vitrine
  --region       its home region. Default: AWS_REGION, or eu-west-1
  --own-address  your address as CloudFront sees it: it is blocked for a minute to measure how fast rules spread
  --cost         asks for the last day's cost, which AWS charges $0.01 for
  --large-uploads
                 sends files of 5, 50 and 300 MB in one request each, and removes them
  --local        looks at a local cloud instead; FILE is what npm start wrote with --ready-file

Credentials of AWS are found as the AWS CLI finds them.

Exit codes: 0 nothing failed, 1 a check failed, 2 the call is wrong, 3 the deployment was not found or does not answer.
`;

/** Runs the verb. @returns the exit code */
export async function doctor(args: readonly string[], print: (text: string) => void): Promise<number> {
  const {
    help,
    name,
    region,
    local,
    cost,
    'own-address': ownAddress,
    'large-uploads': mayUpload,
  } = readArguments(args);
  if (help) {
    print(DOCTOR_HELP);
    return 0;
  }
  let deployment: Deployment | undefined;
  const safely = (text: string) => print(redact(text, deployment ? secretsOf(deployment) : []));
  try {
    deployment = local === undefined ? await findInAws(name, region, awsClients(region)) : readLocal(local);
    const findings = await lookAt(deployment, { ownAddress, mayCost: cost, mayUpload }, safely);
    safely(report(findings, new Date(), deployment.aws ? 'AWS' : 'one machine'));
    return findings.some(({ verdict }) => verdict.state === 'failed') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof NotReached)) throw error;
    safely(`${error.message}\n`);
    return 3;
  }
}

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      name: { type: 'string', default: 'vitrine' },
      region: { type: 'string', default: process.env.AWS_REGION ?? 'eu-west-1' },
      local: { type: 'string' },
      'own-address': { type: 'string' },
      cost: { type: 'boolean', default: false },
      'large-uploads': { type: 'boolean', default: false },
    },
  });
  return values;
}

/** @throws NotReached */
function readLocal(file: string): Deployment {
  try {
    const { media, api, privateKey } = JSON.parse(readFileSync(file, 'utf8'));
    return { media, api, privateKey };
  } catch (error) {
    throw new NotReached(`${file} is not what npm start wrote: ${(error as Error).message}`);
  }
}

async function lookAt(
  deployment: Deployment,
  allowed: Pick<DoctorDeps, 'ownAddress' | 'mayCost' | 'mayUpload'>,
  print: (text: string) => void,
): Promise<readonly Finding[]> {
  const files = library(deployment.api, deployment.privateKey);
  const sample = await storeSample(files, randomBytes(6).toString('hex'));
  const deps: DoctorDeps = {
    deployment,
    media: media(deployment.media, deployment.privateKey),
    library: files,
    sample,
    clock: { now: Date.now, wait: (milliseconds) => wait(milliseconds) },
    ...allowed,
  };
  try {
    return await runChecks(CHECKS, deps, ({ title }) => print(`… ${title}\n`));
  } finally {
    await sample.remove();
  }
}

/** Hosts are told by their part, so that a report still reads well. */
function secretsOf({ media: mediaUrl, api, privateKey, aws }: Deployment): (readonly [string, string])[] {
  return [
    [privateKey, '<private key>'],
    [new URL(mediaUrl).host, '<media host>'],
    [new URL(api).host, '<API host>'],
    [aws?.edge.distributionId ?? '', '<distribution>'],
    [aws?.edge.settingsStoreArn.split('/').at(-1) ?? '', '<store>'],
  ];
}
