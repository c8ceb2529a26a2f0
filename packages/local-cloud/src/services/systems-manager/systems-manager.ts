import type { AwsApi } from '../../aws-api/aws-api.ts';
import { jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';

/** Most names in one GetParameters. */
const NAMES = 10;

/**
 * Systems Manager's GetParameter and GetParameters for String parameters.
 * @param parameters name -> value, read at each call
 */
export function systemsManager(parameters: ReadonlyMap<string, string>, startedAt: Date): AwsApi {
  const find = (asked: unknown): unknown => {
    const name = parameterName(asked);
    const value = parameters.get(name);
    const LastModifiedDate = startedAt.getTime() / 1000;
    return value === undefined
      ? undefined
      : { Name: name, Type: 'String', Value: value, Version: 1, DataType: 'text', LastModifiedDate };
  };
  return jsonApi({
    signingName: 'ssm',
    targetPrefix: 'AmazonSSM',
    operations: {
      GetParameter: ({ Name }: Readonly<Record<string, unknown>>): unknown => {
        const Parameter = find(Name);
        if (!Parameter) throw new ServiceError('ParameterNotFound', `Parameter ${parameterName(Name)} not found.`);
        return { Parameter };
      },
      GetParameters: ({ Names }: Readonly<Record<string, unknown>>): unknown => {
        if (!Array.isArray(Names) || Names.length === 0 || Names.length > NAMES) {
          throw new ServiceError('ValidationException', `Names must be a list of 1 to ${NAMES} names.`);
        }
        const found = Names.map((name) => ({ name, parameter: find(name) }));
        return {
          Parameters: found.flatMap(({ parameter }) => (parameter ? [parameter] : [])),
          InvalidParameters: found.flatMap(({ name, parameter }) => (parameter ? [] : [name])),
        };
      },
    },
  });
}

/** A name may be given as the parameter's ARN. */
function parameterName(asked: unknown): string {
  if (typeof asked !== 'string' || asked === '') throw new ServiceError('ValidationException', 'Name is required.');
  return asked.replace(/^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(?=\/)/, '');
}
