import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';

export type CustomResourceHandler = (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;

export interface CustomResourceCall {
  readonly requestType: 'Create' | 'Delete';
  readonly properties: Readonly<Record<string, unknown>>;
  /** That the function has left. @default 900,000 */
  readonly milliseconds?: number;
}

/** Calls a handler as CloudFormation does. @returns what it answered at the URL of the event */
export async function callCustomResource(
  handler: CustomResourceHandler,
  { requestType, properties, milliseconds = 900_000 }: CustomResourceCall,
): Promise<Record<string, unknown>[]> {
  const answers: Record<string, unknown>[] = [];
  const waiting = createServer((request, response) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      answers.push({ method: request.method, ...JSON.parse(body) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => waiting.listen(0, '127.0.0.1', resolve));
  const event = {
    RequestType: requestType,
    ResponseURL: `http://127.0.0.1:${(waiting.address() as AddressInfo).port}/?signed`,
    StackId: 'arn:aws:cloudformation:eu-west-1:000000000000:stack/vitrine/1',
    RequestId: 'r1',
    LogicalResourceId: 'Resource',
    ResourceProperties: { ServiceToken: 'arn', ...properties },
  } as unknown as CloudFormationCustomResourceEvent;
  await handler(event, { awsRequestId: 'a1', getRemainingTimeInMillis: () => milliseconds } as Context);
  waiting.close();
  return answers;
}
