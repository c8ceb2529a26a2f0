import type { AnyOperation } from '../../lambda/api/operation.ts';
import { API_OPERATIONS } from '../../lambda/api/table.ts';
import type { ExampleAnswer, ExampleCall } from './example-calls.ts';

/** Removes what must be there once only, so that the next example can make it. */
export async function removeExamples(
  { resource }: AnyOperation,
  send: (call: ExampleCall) => Promise<ExampleAnswer>,
): Promise<void> {
  const remover = API_OPERATIONS.find((one) => one.id === `${resource}.delete`);
  const lister = API_OPERATIONS.find((one) => one.id === `${resource}.list`);
  if (!remover || !lister) return;
  const { body } = await send({ method: 'GET', path: lister.paths[0] });
  for (const { id } of body as readonly { readonly id: string }[]) {
    if (id === 'default' || id === 'private') continue;
    await send({ method: 'DELETE', path: remover.paths[0].replace(/:\w+/, id) });
  }
}
