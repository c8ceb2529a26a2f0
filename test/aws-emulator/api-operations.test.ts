import { describe, expect, it } from 'vitest';
import { API_OPERATIONS } from '../../lambda/api/table.ts';
import { prepareExample } from '../api/example-calls.ts';
import { removeExamples } from '../api/remove-examples.ts';
import { callApi } from './deployed-api.ts';
import { deployedFunction } from './deployed-functions.ts';
import { faultsIn } from './function-logs.ts';

/** The emulated deployment has no people, as a deployment has by default; sign-in would need a user pool. */
const OF_PEOPLE = ['people', 'roles', 'sessions', 'audit-reports'];

const DEPLOYED = API_OPERATIONS.filter(({ resource }) => !OF_PEOPLE.includes(resource));

describe('the example of every operation', () => {
  it.each(DEPLOYED.map((operation) => [operation.id, operation] as const))(
    '%s works with the rights that the function has',
    async (_, operation) => {
      const { status, body } = await callApi(await prepareExample(operation, callApi));

      expect([status, body]).toEqual([operation.answer.status, body]);
      await removeExamples(operation, callApi);
    },
  );
});

it('no call was refused a right that only the log tells of', async () => {
  expect(await faultsIn(await deployedFunction('api'))).toEqual([]);
});
