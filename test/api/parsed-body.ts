import type { AnyOperation } from '../../lambda/api/operation.ts';
import { parseInput } from '../../lambda/api/parse-input.ts';
import { API_OPERATIONS } from '../../lambda/api/table.ts';

/** What an operation takes from a request with this JSON body; its path is not looked at. */
export async function parsedBody(id: string, body: unknown): Promise<unknown> {
  const operation = operationOf(id);
  const request = new Request('https://api.example/', {
    method: operation.methods[0],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body) ?? '',
  });
  return (await parseInput(operation, pathOf(operation), request)).body;
}

function operationOf(id: string): AnyOperation {
  const found = API_OPERATIONS.find((operation) => operation.id === id);
  if (!found) throw new Error(`The API has no operation ${id}.`);
  return found;
}

const pathOf = ({ paths: [path] }: AnyOperation) =>
  Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, 'x']));
