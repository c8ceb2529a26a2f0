import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FunctionConfiguration, LambdaFunction } from '../../../src/services/lambda/function.ts';

/** A Lambda function from a few lines of source, in a folder of its own. */
export interface SampleFunction extends AsyncDisposable {
  readonly lambda: LambdaFunction;
  readonly lines: string[];
}

/**
 * @param source module with an export named `handler`
 */
export async function sampleFunction(
  source: string,
  configuration: Partial<FunctionConfiguration> = {},
): Promise<SampleFunction> {
  const codeFolder = await mkdtemp(join(tmpdir(), 'local-cloud-function-'));
  await writeFile(join(codeFolder, 'index.mjs'), source);
  const lines: string[] = [];
  const lambda = new LambdaFunction({
    name: 'sample',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:sample',
    region: 'eu-west-1',
    accountId: '000000000000',
    codeFolder,
    handler: 'index.handler',
    timeoutSeconds: 20,
    memoryMegabytes: 256,
    environment: {},
    maximumEnvironments: 4,
    log: (line) => lines.push(line),
    ...configuration,
  });
  const dispose = async (): Promise<void> => {
    await lambda.close();
    await rm(codeFolder, { recursive: true, force: true });
  };
  return { lambda, lines, [Symbol.asyncDispose]: dispose };
}

/** The JSON of a payload. */
export function json(answer: { payload: Buffer }): unknown {
  return JSON.parse(answer.payload.toString());
}
