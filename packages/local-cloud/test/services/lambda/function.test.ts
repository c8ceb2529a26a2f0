import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { json, type SampleFunction, sampleFunction } from './sample-function.ts';

test('a warm environment is used again, and a second one starts only for a second invocation at the same time', async () => {
  await using sample = await sampleFunction(`
    let count = 0;
    export const handler = async ({ wait }) => {
      await new Promise((done) => setTimeout(done, wait));
      return { pid: process.pid, count: ++count };
    };`);

  const first = json(await sample.lambda.invoke({ wait: 0 })) as { pid: number };
  const second = json(await sample.lambda.invoke({ wait: 0 }));
  const pair = await Promise.all([sample.lambda.invoke({ wait: 300 }), sample.lambda.invoke({ wait: 300 })]);

  expect(second).toEqual({ pid: first.pid, count: 2 });
  expect(new Set(pair.map((answer) => (json(answer) as { pid: number }).pid)).size).toBe(2);
  expect(sample.lambda.statistics).toEqual({ invocations: 4, coldStarts: 2, errors: 0 });
});

test('a handler sees its context, the variables of Lambda and its own, and nothing of this machine', async () => {
  process.env.LOCAL_TEST_SECRET = 'of the developer';
  await using sample = await sampleFunction(
    `export const handler = async (event, context) => {
      console.log('running', event.word);
      return { event, env: process.env, name: context.functionName, left: context.getRemainingTimeInMillis(), arn: context.invokedFunctionArn };
    };`,
    { environment: { OWN: 'value' }, timeoutSeconds: 7 },
  );

  const answer = json(await sample.lambda.invoke({ word: 'café ☕' })) as Record<string, unknown>;

  expect(answer).toMatchObject({
    event: { word: 'café ☕' },
    name: 'sample',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:sample',
    env: {
      OWN: 'value',
      TZ: ':UTC',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'sample',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      _HANDLER: 'index.handler',
    },
  });
  expect(answer.left).toBeGreaterThan(5000);
  expect(answer.left).toBeLessThanOrEqual(7000);
  expect(answer.env).not.toHaveProperty('HOME');
  expect(answer.env).not.toHaveProperty('LOCAL_TEST_SECRET');
  await expect.poll(() => sample.lines.join('\n')).toContain('INFO\trunning café ☕');
});

test('every way to fail has the error that Lambda gives, and the next invocation works', async () => {
  await using sample = await sampleFunction(
    `export const handler = async (event) => {
      if (event.fail === 'throw') throw new TypeError('boom');
      if (event.fail === 'exit') process.exit(3);
      if (event.fail === 'leave') process.exit(0);
      if (event.fail === 'kill') process.kill(process.pid, 'SIGKILL');
      if (event.fail === 'reject') { Promise.reject(new Error('nobody waits')); await new Promise(() => setTimeout(() => {}, 9000)); }
      if (event.fail === 'hang') await new Promise(() => setTimeout(() => {}, 60_000));
      if (event.fail === 'loop') for (;;);
      return 'fine';
    };`,
    { timeoutSeconds: 1 },
  );
  const failure = async (fail: string): Promise<unknown> => {
    const answer = await sample.lambda.invoke({ fail });
    expect(answer.functionError).toBe('Unhandled');
    return json(answer);
  };

  expect(await failure('throw')).toMatchObject({ errorType: 'TypeError', errorMessage: 'boom' });
  expect(await failure('exit')).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/Runtime exited with error: exit status 3$/),
  });
  expect(await failure('leave')).toMatchObject({
    errorMessage: expect.stringMatching(/Runtime exited without providing a reason$/),
  });
  expect(await failure('kill')).toMatchObject({
    errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
  });
  expect(await failure('reject')).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(await failure('hang')).toMatchObject({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
  });
  expect(await failure('loop')).toMatchObject({ errorType: 'Sandbox.Timedout' });

  expect(json(await sample.lambda.invoke({}))).toBe('fine');
  expect(sample.lambda.statistics.errors).toBe(7);
  expect(sample.lines.join('\n')).toContain('Task timed out after 1.00 seconds');
});

test('a module that cannot be loaded, and a missing handler, are init errors of each invocation', async () => {
  await using broken = await sampleFunction(`throw new RangeError('at load');`);
  await using missing = await sampleFunction('export const other = 1;');

  const answers = [await broken.lambda.invoke({}), await broken.lambda.invoke({})];

  expect(answers.map(json)).toEqual(
    Array(2).fill(expect.objectContaining({ errorType: 'RangeError', errorMessage: 'at load' })),
  );
  expect(json(await missing.lambda.invoke({}))).toMatchObject({ errorType: 'Runtime.HandlerNotFound' });
});

test('a code folder that does not exist is a failure of the invocation, not of the local cloud', async () => {
  await using sample = await sampleFunction('', { codeFolder: '/nonexistent/code' });

  expect(await sample.lambda.invoke({})).toMatchObject({ functionError: 'Unhandled' });
});

test('events and answers above 6 MB are refused', async () => {
  await using sample = await sampleFunction(`export const handler = async ({ bytes }) => 'x'.repeat(bytes);`);

  const event = await sample.lambda.invoke({ filling: 'x'.repeat(6_291_556) });
  const answer = await sample.lambda.invoke({ bytes: 6_291_555 });
  const fits = await sample.lambda.invoke({ bytes: 6_291_554 });

  expect(event).toMatchObject({ tooLarge: true, functionError: 'Unhandled' });
  expect(json(answer)).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).',
  });
  expect(fits.functionError).toBeUndefined();
  expect(fits.payload.length).toBe(6_291_556);
});

test('memory outside of the heap counts: the process is killed above its size', async () => {
  await using sample = await sampleFunction(
    `export const handler = async ({ megabytes }) => {
      const held = Array.from({ length: megabytes }, () => Buffer.alloc(1024 * 1024, 1));
      await new Promise((done) => setTimeout(done, 1500));
      return held.length;
    };`,
    { memoryMegabytes: 160 },
  );

  expect(json(await sample.lambda.invoke({ megabytes: 300 }))).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  expect(json(await sample.lambda.invoke({ megabytes: 1 }))).toBe(1);
});

test('a burst waits in line for the few environments of this machine, and more than may wait is throttled', async () => {
  await using sample = await sampleFunction('export const handler = async () => process.pid;', {
    maximumEnvironments: 900,
  });

  const answers = await Promise.all(Array.from({ length: 1100 }, () => sample.lambda.invoke({})));

  const served = answers.filter((answer) => !answer.throttled);
  expect(served.length).toBeGreaterThan(1000);
  expect(served.length).toBeLessThan(1005);
  expect(new Set(served.map(json)).size).toBe(4);
  expect(served.every((answer) => answer.functionError === undefined)).toBe(true);
  expect(sample.lambda.statistics.coldStarts).toBe(4);
});

test('reserved concurrency of zero stops a function', async () => {
  await using sample = await sampleFunction('export const handler = async () => 1;', { maximumEnvironments: 0 });

  expect(await sample.lambda.invoke({})).toMatchObject({ throttled: true });
});

test('whoever waits for a process that dies gets a new one', async () => {
  await using sample = await sampleFunction(
    `export const handler = async ({ die }) => { if (die) process.exit(1); return 'alive'; };`,
    { maximumEnvironments: 1 },
  );

  const answers = await Promise.all([{ die: true }, { die: true }, {}, {}].map((event) => sample.lambda.invoke(event)));

  expect(answers.slice(2).map(json)).toEqual(['alive', 'alive']);
  expect(sample.lambda.statistics.coldStarts).toBe(3);
});

test('closing ends running invocations at once and refuses later ones', async () => {
  await using sample = await sampleFunction(
    `export const handler = async () => { console.log('begun'); await new Promise((done) => setTimeout(done, 60_000)); };`,
    { maximumEnvironments: 1 },
  );
  const running = sample.lambda.invoke({});
  const waiting = sample.lambda.invoke({});
  await expect.poll(() => sample.lines.join('\n')).toContain('begun');

  await sample.lambda.close();

  expect((await running).functionError).toBe('Unhandled');
  expect((await waiting).functionError).toBe('Unhandled');
  expect((await sample.lambda.invoke({})).functionError).toBe('Unhandled');
});

test('with layers, packages come from the code folder and the layers, and from nowhere else', async () => {
  const source = `export const handler = async (name) => {
    try { return typeof (await import(name)); } catch (error) { return error.code; }
  };`;
  await mkdir('.cache', { recursive: true });
  const inProject = await mkdtemp(join(process.cwd(), '.cache', 'lambda-test-'));
  await mkdir(join(inProject, 'node_modules', 'own'), { recursive: true });
  await writeFile(join(inProject, 'node_modules', 'own', 'index.js'), 'module.exports = 1;');
  await writeFile(join(inProject, 'index.mjs'), source);
  await using strict = await sampleFunction('', { codeFolder: inProject, layerPackages: ['sharp'] });
  await using without = await sampleFunction(source, { layerPackages: [] });
  const result = async ({ lambda }: SampleFunction, name: string) => json(await lambda.invoke(name));

  expect(await result(strict, 'sharp')).toBe('object');
  expect(await result(strict, 'node:fs')).toBe('object');
  expect(await result(strict, 'fs/promises')).toBe('object');
  expect(await result(strict, 'own')).toBe('object');
  expect(await result(strict, 'aws4fetch')).toBe('ERR_MODULE_NOT_FOUND');
  expect(await result(without, 'sharp')).toBe('ERR_MODULE_NOT_FOUND');
  await rm(inProject, { recursive: true });
});

test('logs have the format and the level of the function', async () => {
  await using sample = await sampleFunction(
    `export const handler = async () => { console.debug('not shown'); console.info({ shown: true }); };`,
    { logging: { format: 'JSON', level: 'INFO' } },
  );

  await sample.lambda.invoke({});

  await expect.poll(() => sample.lines.length).toBe(1);
  expect(JSON.parse(sample.lines[0] ?? '')).toMatchObject({ level: 'INFO', message: { shown: true } });
});

const SLOW = `export const handler = async ({ wait }) => {
  await new Promise((done) => setTimeout(done, wait));
  return 'done';
};`;

test('who goes away while it waits is withdrawn, and calls for those who have gone take no place from others', async () => {
  await using sample = await sampleFunction(SLOW);
  const gone = new AbortController();
  const abandoned = Array.from({ length: 24 }, () => sample.lambda.invoke({ wait: 15_000 }, gone.signal));
  await expect.poll(() => sample.lambda.statistics.invocations).toBe(4);

  const started = performance.now();
  const patient = sample.lambda.invoke({ wait: 0 });
  gone.abort();

  expect(json(await patient)).toBe('done');
  expect(performance.now() - started).toBeLessThan(12_000);
  const withdrawn = await Promise.all(abandoned.slice(4));
  expect(withdrawn.filter((answer) => answer.withdrawn)).toHaveLength(20);
  expect(sample.lambda.statistics.invocations).toBe(5);
  expect(await sample.lambda.invoke({ wait: 0 }, AbortSignal.abort())).toMatchObject({ withdrawn: true });
});
