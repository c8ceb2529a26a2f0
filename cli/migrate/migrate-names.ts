import type { Api } from '../api/api.ts';

/** What a named transformation is in both APIs. */
export interface NamedTransformation {
  readonly name: string;
  readonly transformation: string;
  readonly enabled: boolean;
}

const PATH = '/v1/named-transformations';

export const namesOf = async (api: Api): Promise<readonly NamedTransformation[]> =>
  (await (await api.call('GET', PATH)).json()) as readonly NamedTransformation[];

/** Makes one that is missing; one of the same name stays as it is. @param there names of the target */
export async function migrateName(
  target: Api,
  there: ReadonlySet<string>,
  { name, transformation, enabled }: NamedTransformation,
): Promise<'migrated' | 'there before'> {
  if (there.has(name)) return 'there before';
  await target.call('POST', PATH, { body: { name, transformation, enabled } });
  return 'migrated';
}
