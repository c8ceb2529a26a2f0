import { createHash } from 'node:crypto';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** What is run of Function URLs. */
export const FUNCTION_URL_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::Lambda::Url',
    references: (_, name) => ({ ref: name, attributes: { FunctionUrl: `https://${functionUrlHost(name)}/` } }),
    properties: {
      AuthType: { only: ['AWS_IAM', 'NONE'] },
      InvokeMode: { only: ['BUFFERED', 'RESPONSE_STREAM'] },
      TargetFunctionArn: 'run',
    },
  },
];

/** Host name of a Function URL, of the form that Lambda gives. */
function functionUrlHost(name: string): string {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return `${id}.lambda-url.local`;
}
