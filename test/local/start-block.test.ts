import { expect, it } from 'vitest';
import { type StartBlock, startBlock } from '../../local/start-block.ts';

const BLOCK: StartBlock = {
  media: 'http://localhost:4000',
  api: 'http://localhost:4001',
  publicKey: 'public_x',
  privateKey: 'private_y',
  functionUrls: ['http://127.0.0.1:5000/'],
  sampleLinks: ['http://localhost:4000/a', 'http://localhost:4000/b'],
  stateFolder: '/state',
  isKept: true,
  logFile: '/state/log/functions.log',
  rulesNotEvaluated: ['AWSManagedRulesCommonRuleSet'],
  notRun: new Map([['There are no metrics on this machine.', ['AWS::X Metrics']]]),
};

it('has everything that a person needs to begin', () => {
  const text = startBlock(BLOCK);

  for (const value of [BLOCK.media, BLOCK.api, 'public_x', 'private_y', '/state', BLOCK.logFile, 'Ctrl+C']) {
    expect(text).toContain(value);
  }
  for (const link of [...BLOCK.sampleLinks, ...BLOCK.functionUrls]) expect(text).toContain(link);
  expect(text).toMatch(/Not emulated here:.*CloudFormation.*AWSManagedRulesCommonRuleSet.*no metrics/s);
  expect(text.endsWith('\n')).toBe(true);
});

it('says when nothing is kept', () => {
  expect(startBlock(BLOCK)).not.toContain('removed at the end');
  expect(startBlock({ ...BLOCK, isKept: false })).toContain('/state  (removed at the end)');
});
