import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { destroy } from '../../../cli/destroy/destroy.ts';
import * as context from '../../../lib/vitrine-context.ts';

/* CloudFormation as the SDK speaks to it: a server that has stacks, takes the calls on the wire, and deletes what is not protected. */
interface Stack {
  isProtected: boolean;
  readonly resources: Readonly<Record<string, readonly [type: string, name: string, policy?: string]>>;
  isGone?: boolean;
}

let stacks: Record<string, Stack>;
let calls: string[];
/** Stacks that cannot be deleted. */
let stuck: string[];

const server = createServer(async (request, response) => {
  const asked = new URLSearchParams(await text(request));
  const action = asked.get('Action') ?? '';
  const name = asked.get('StackName') ?? '';
  const region = /\/([a-z0-9-]+)\/cloudformation\//.exec(request.headers.authorization ?? '')?.[1];
  const [status, body] = answer(action, name, `${region}`);
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
});

function answer(action: string, name: string, region: string): [number, string] {
  if (action !== 'DescribeStacks' || !stacks[name]?.isGone) calls.push(`${action} ${name} ${region}`);
  const stack = stacks[name];
  const result = (content: string): [number, string] => [
    200,
    `<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`,
  ];
  if (!stack || (stack.isGone && action === 'DescribeStacks')) {
    const message = `Stack with id ${name} does not exist`;
    return [
      400,
      `<ErrorResponse><Error><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
    ];
  }
  if (action === 'DescribeStacks') {
    const state =
      stuck.includes(name) && calls.includes(`DeleteStack ${name} ${region}`) ? 'DELETE_FAILED' : 'CREATE_COMPLETE';
    const inner = `<StackName>${name}</StackName><StackStatus>${state}</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><EnableTerminationProtection>${stack.isProtected}</EnableTerminationProtection>`;
    return result(`<Stacks><member>${inner}</member></Stacks>`);
  }
  if (action === 'GetTemplate') {
    const Resources = Object.fromEntries(
      Object.entries(stack.resources).map(([id, [Type, , DeletionPolicy]]) => [id, { Type, DeletionPolicy }]),
    );
    return result(`<TemplateBody>${JSON.stringify({ Resources })}</TemplateBody>`);
  }
  if (action === 'ListStackResources') {
    const members = Object.entries(stack.resources).map(
      ([id, [type, physical]]) =>
        `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${physical}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-01-01T00:00:00Z</LastUpdatedTimestamp></member>`,
    );
    return result(`<StackResourceSummaries>${members.join('')}</StackResourceSummaries>`);
  }
  if (action === 'UpdateTerminationProtection') {
    stack.isProtected = false;
    return result(`<StackId>${name}</StackId>`);
  }
  if (stack.isProtected) {
    return [
      400,
      '<ErrorResponse><Error><Code>ValidationError</Code><Message>It is protected.</Message></Error></ErrorResponse>',
    ];
  }
  if (!stuck.includes(name)) stack.isGone = true;
  return result('');
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => void server.close());

beforeEach(() => {
  vi.spyOn(context, 'projectContext').mockReturnValue({ vitrine: { regions: ['eu-west-1', 'us-west-2'] } });
  const region = (where: string): Stack => ({
    isProtected: true,
    resources: {
      Originals: ['AWS::S3::Bucket', `originals-${where}`, 'RetainExceptOnCreate'],
      Library: ['AWS::DynamoDB::GlobalTable', `library-${where}`, 'RetainExceptOnCreate'],
      Variants: ['AWS::S3::Bucket', `variants-${where}`, 'Delete'],
      Api: ['AWS::Lambda::Function', `api-${where}`],
    },
  });
  stacks = {
    'vitrine-eu-west-1': region('eu-west-1'),
    'vitrine-us-west-2': region('us-west-2'),
    'vitrine-edge': { isProtected: false, resources: { Logs: ['AWS::S3::Bucket', 'logs', 'Retain'] } },
  };
  calls = [];
  stuck = [];
});

async function run(args: readonly string[], typed = '') {
  let printed = '';
  const asked: string[] = [];
  const code = await destroy(
    args,
    (more) => {
      printed += more;
    },
    () => {},
    {
      clientOf: (region) =>
        new CloudFormationClient({
          ...{ region, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, maxAttempts: 1 },
          credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
        }),
      ask: async (question) => {
        asked.push(question);
        return typed;
      },
    },
  );
  return { code, printed, asked };
}

const changes = () => calls.filter((call) => /^(Delete|Update)/.test(call));

it('shows what goes and what stays, has the name typed, and deletes the edge first and home last', async () => {
  const { code, printed, asked } = await run([], 'vitrine\n');

  expect(code).toBe(0);
  expect(asked).toEqual(['To delete 3 stacks, type the name of the deployment: ']);
  expect(changes()).toEqual([
    'DeleteStack vitrine-edge us-east-1',
    'UpdateTerminationProtection vitrine-us-west-2 us-west-2',
    'DeleteStack vitrine-us-west-2 us-west-2',
    'UpdateTerminationProtection vitrine-eu-west-1 eu-west-1',
    'DeleteStack vitrine-eu-west-1 eu-west-1',
  ]);
  expect(printed).toContain('  stays  AWS::S3::Bucket  originals-eu-west-1\n');
  expect(printed).toContain('  goes   AWS::S3::Bucket  variants-eu-west-1\n');
  const [, after = ''] = printed.split('These stay');
  for (const name of ['originals', 'library']) expect(after).toContain(`${name}-us-west-2 in us-west-2`);
  expect(after).not.toContain('variants');
});

it.each(['', 'vitrin', 'VITRINE', 'vitrine-eu-west-1', 'yes'])('deletes nothing when "%s" is typed', async (typed) => {
  const { code, printed } = await run([], typed);

  expect([code, changes()]).toEqual([1, []]);
  expect(printed).toContain('Nothing was deleted.');
});

it('asks nobody when the name is given with the call', async () => {
  const { code, asked } = await run(['--confirm', 'vitrine']);

  expect([code, asked]).toEqual([0, []]);
});

it('stops at a stack that cannot be deleted, and says so; another call goes on', async () => {
  stuck = ['vitrine-us-west-2'];

  await expect(run(['--confirm', 'vitrine'])).rejects.toThrow('vitrine-us-west-2 could not be deleted');
  expect(stacks['vitrine-eu-west-1']?.isGone).toBeUndefined();
  stuck = [];
  stacks['vitrine-us-west-2'] = { ...(stacks['vitrine-us-west-2'] as Stack) };
  calls = [];

  expect((await run(['--confirm', 'vitrine'])).code).toBe(0);
  expect(changes()).not.toContain('DeleteStack vitrine-edge us-east-1');
});

it('says when nothing is deployed', async () => {
  stacks = {};

  expect(await run(['--confirm', 'vitrine'])).toMatchObject({
    code: 1,
    printed: expect.stringContaining('no stack of vitrine'),
  });
});
