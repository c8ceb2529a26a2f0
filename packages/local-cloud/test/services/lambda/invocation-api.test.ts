import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { startAwsApiServer } from '../../../src/aws-api/server.ts';
import { invocationApi } from '../../../src/services/lambda/invocation-api.ts';
import { sampleFunction } from './sample-function.ts';

const SOURCE = `export const handler = async (event) => {
  if (event.fail) throw new Error('failed on purpose');
  return { told: event.tell };
};`;

it('runs a function for the SDK and gives its answer, or how it failed', async () => {
  await using sample = await sampleFunction(SOURCE);
  const server = await startAwsApiServer({ principals: new Map([['ASIATEST', 'secret']]), log: () => {} });
  const resource = { ref: 'sample' } as Parameters<typeof invocationApi>[0][number]['resource'];
  server.add(invocationApi([{ resource, lambda: sample.lambda }]));
  const client = new LambdaClient({
    ...{ endpoint: server.endpoint, region: 'eu-west-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'ASIATEST', secretAccessKey: 'secret' },
  });
  const invoke = (FunctionName: string, event: object) =>
    client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));

  try {
    const answer = await invoke('sample', { tell: 'é' });
    const failed = await invoke(sample.lambda.configuration.arn, { fail: true });

    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toEqual({ told: 'é' });
    expect(answer.FunctionError).toBeUndefined();
    expect(failed.FunctionError).toBe('Unhandled');
    await expect(invoke('other', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  } finally {
    client.destroy();
    await server.close();
  }
});
