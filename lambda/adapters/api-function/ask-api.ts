import type { LambdaClient } from '@aws-sdk/client-lambda';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { AskApi } from '../../api/receive-upload.ts';
import type { StreamedUploadEvent } from '../../contract/streamed-upload.ts';

/**
 * The function of the API, called as itself.
 * @param functionName its name
 */
export function askApi(client: LambdaClient, functionName: string): AskApi {
  const ask = async <Answer>(event: StreamedUploadEvent): Promise<Answer> => {
    const call = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) });
    const { Payload, FunctionError } = await client.send(call);
    const text = Payload ? Buffer.from(Payload).toString() : '';
    if (FunctionError !== undefined) throw new Error(`The function of the API failed: ${text.slice(0, 500)}`);
    return JSON.parse(text) as Answer;
  };
  return {
    admit: (question) => ask(question),
    complete: (question, form) => ask({ ...question, form }),
  };
}
