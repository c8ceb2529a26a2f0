import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ADJUSTMENTS } from './adjustments.ts';
import type { RootClients } from './clients.ts';
import { ACCOUNT } from './ministack.ts';
import type { Template } from './template.ts';

export interface DeployedStack {
  readonly outputs: Readonly<Record<string, string>>;
  /** Reasons of the adjustments that its template needed. */
  readonly adjusted: readonly string[];
}

/** The stack that is to be made. */
export interface StackOrder {
  /** Folder of the cloud assembly. */
  readonly assembly: string;
  readonly stack: string;
  readonly region: string;
  /** The stacks that were made before, by their names. */
  readonly before: ReadonlyMap<string, DeployedStack>;
}

/** Puts a stack's assets where the CDK CLI would, and makes the stack of its adjusted template. @throws with what failed */
export async function deployStack(
  { assembly, stack, region, before }: StackOrder,
  clients: RootClients,
): Promise<DeployedStack> {
  const bucket = assetBucketName(region);
  await uploadAssets(assembly, stack, bucket, clients);
  const template: Template = JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8'));
  const adjusted: string[] = [];
  const made = { waf: clients.waf, stacks: before };
  for (const { reason, apply } of ADJUSTMENTS) if (await apply(template, made)) adjusted.push(reason);
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: stack, Body: JSON.stringify(template) }));
  // The path style is the one that the emulator reads.
  const TemplateURL = `https://s3.${region}.amazonaws.com/${bucket}/${stack}`;
  await clients.cloudFormation.send(
    new CreateStackCommand({ StackName: stack, TemplateURL, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
  );
  const { Outputs = [] } = await untilMade(stack, clients);
  return { outputs: Object.fromEntries(Outputs.map((one) => [one.OutputKey, one.OutputValue])), adjusted };
}

/** Of the CDK's bootstrap stack (AWS CDK, "Bootstrapping"). */
export const assetBucketName = (region: string): string => `cdk-hnb659fds-assets-${ACCOUNT}-${region}`;

interface AssetFile {
  readonly source: { readonly path: string; readonly packaging: 'file' | 'zip' };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

async function uploadAssets(assembly: string, stack: string, Bucket: string, { s3 }: RootClients): Promise<void> {
  const { files } = JSON.parse(readFileSync(join(assembly, `${stack}.assets.json`), 'utf8')) as {
    readonly files: Readonly<Record<string, AssetFile>>;
  };
  for (const { source, destinations } of Object.values(files)) {
    const path = join(assembly, source.path);
    const Body = source.packaging === 'zip' ? zippedOnce(path) : readFileSync(path);
    for (const { objectKey } of Object.values(destinations)) {
      await s3.send(new PutObjectCommand({ Bucket, Key: objectKey, Body }));
    }
  }
}

/** Stacks have assets in common. */
const packed = new Map<string, Buffer>();

function zippedOnce(folder: string): Buffer {
  const zip = packed.get(folder) ?? zipped(folder);
  packed.set(folder, zip);
  return zip;
}

/** By the emulator's own prerequisite, Python: Node has no zip. Files are stored, for speed. */
function zipped(folder: string): Buffer {
  const draft = mkdtempSync(join(tmpdir(), 'vitrine-asset-'));
  try {
    const file = join(draft, 'asset.zip');
    const script =
      'import os,sys,zipfile\nwith zipfile.ZipFile(sys.argv[2],"w") as z:\n' +
      ' for at,_,names in os.walk(sys.argv[1],followlinks=True):\n' +
      '  for name in names: z.write(os.path.join(at,name),os.path.relpath(os.path.join(at,name),sys.argv[1]))';
    const { status, stderr } = spawnSync('python3', ['-c', script, folder, file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The asset ${folder} could not be packed: ${stderr}`);
    return readFileSync(file);
  } finally {
    rmSync(draft, { recursive: true });
  }
}

async function untilMade(StackName: string, { cloudFormation }: RootClients): Promise<Stack> {
  for (;;) {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const stack = Stacks?.[0];
    if (stack?.StackStatus === 'CREATE_COMPLETE') return stack;
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) throw new Error(await failuresOf(StackName, cloudFormation));
    await pause(300);
  }
}

async function failuresOf(StackName: string, client: RootClients['cloudFormation']): Promise<string> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
  const lines = failed.map((one) => `${one.LogicalResourceId}: ${one.ResourceStatusReason}`);
  return `The stack ${StackName} was not made:\n${lines.join('\n')}`;
}
