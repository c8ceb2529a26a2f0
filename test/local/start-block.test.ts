import { expect, it } from 'vitest';
import { notEmulatedBlock, type StartBlock, startBlock } from '../../local/start-block.ts';

const BLOCK: StartBlock = {
  media: 'http://localhost:4000',
  api: 'http://localhost:4001',
  otherApis: [{ region: 'us-west-2', url: 'http://localhost:4003' }],
  signIn: 'http://localhost:4002',
  ownerInvitation: 'http://localhost:4001/auth/invitation?token=z',
  publicKey: 'public_x',
  privateKey: 'private_y',
  functionUrls: ['http://127.0.0.1:5000/'],
  sampleLinks: ['http://localhost:4000/a', 'http://localhost:4000/b'],
  stateFolder: '/state',
  isKept: true,
  logFile: '/state/log/functions.log',
};

const NOT_EMULATED = {
  rulesNotEvaluated: ['AWSManagedRulesCommonRuleSet'],
  notRun: new Map([
    ['Rights are not evaluated.', ['AWS::IAM::Role']],
    ['A name for people.', ['AWS::X Rules.0.Id', 'AWS::X Rules.1.Id', 'AWS::Y Comment']],
    ['Nobody counts.', ['AWS::X A', 'AWS::X B', 'AWS::X C', 'AWS::X D', 'AWS::X E']],
  ]),
  standIns: new Map([['an OpenID issuer', ['AWS::Cognito::UserPool']]]),
};

it('has everything that a person needs to begin', () => {
  const text = startBlock(BLOCK);

  for (const value of [BLOCK.media, BLOCK.api, 'public_x', 'private_y', '/state', BLOCK.logFile, 'Ctrl+C']) {
    expect(text).toContain(value);
  }
  for (const link of [...BLOCK.sampleLinks, ...BLOCK.functionUrls]) expect(text).toContain(link);
  expect(text).toContain('us-west-2      http://localhost:4003');
  expect(text).toContain(`${BLOCK.api}/docs`);
  expect(text).toContain(`${BLOCK.api}/dashboard/`);
  expect(text).toContain(`${BLOCK.signIn}/mailbox`);
  expect(text).toContain(BLOCK.ownerInvitation ?? '');
  expect(startBlock({ ...BLOCK, ownerInvitation: undefined })).not.toContain('First owner');
  expect(text.endsWith('\n')).toBe(true);
});

it('has one line for what is not emulated: it names a page and an option', () => {
  const lines = startBlock(BLOCK)
    .split('\n')
    .filter((line) => /emulate/.test(line));

  expect(lines).toEqual(['  What this machine does not emulate: docs/local-cloud.md, or start with --verbose.']);
});

it('says when nothing is kept', () => {
  expect(startBlock(BLOCK)).not.toContain('removed at the end');
  expect(startBlock({ ...BLOCK, isKept: false })).toContain('/state  (removed at the end)');
});

it('names what has no effect, with the reason', () => {
  const text = notEmulatedBlock(NOT_EMULATED);

  expect(text).toMatch(/Not emulated on this machine:.*CloudFormation.*AWSManagedRulesCommonRuleSet/s);
  expect(text).toContain('    - IAM::Role: Rights are not evaluated.\n');
  expect(text).toContain('    - Id, Comment: A name for people.\n');
  expect(text).toContain('    - A, B, C, D, …: Nobody counts.\n');
});

it('names what another program stands in for', () => {
  expect(notEmulatedBlock(NOT_EMULATED)).toContain('    - Cognito::UserPool: an OpenID issuer stands in.\n');
});
