import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DataKey, DataKeys } from '../../core/accounts/people/personal-data.ts';
import { isWithin } from '../cached.lean.ts';
import type { KmsCall } from '../signed-http/kms-call.lean.ts';
import { requiredText } from '../signed-http/kms-call.lean.ts';

/** How long a warm function remembers a key that it opened, in milliseconds. */
const MEMORY = 300_000;

/** Where a person's wrapped key is. */
export const dataKeyItem = (personId: string) => ({ pk: `person-key#${personId}`, sk: 'key' });

/** The secret of mail digests; its context is one that no person has. */
const PEPPER = { item: { pk: 'mail-pepper', sk: 'key' }, context: { use: 'mail-digest' } } as const;

interface Opened {
  readonly openedAt: number;
  readonly key: Promise<Uint8Array>;
}

/**
 * Keys of people: made and opened by KMS, which binds each to its person, and kept wrapped in a table of their own, from
 * whose backups they are gone a day after they were erased.
 */
export function dataKeys(
  client: DynamoDBDocumentClient,
  table: string,
  kms: KmsCall,
  keyId: string,
  now = Date.now,
): DataKeys {
  const known = new Map<string, Opened>();
  const open = (wrapped: string, context: Readonly<Record<string, string>>): Promise<Uint8Array> => {
    const found = known.get(wrapped);
    if (found && isWithin(MEMORY, found.openedAt, now())) return found.key;
    const key = decrypt(kms, keyId, wrapped, context);
    known.set(wrapped, { openedAt: now(), key });
    key.catch(() => known.delete(wrapped));
    return key;
  };
  const read = async (Key: { readonly pk: string; readonly sk: string }): Promise<string | undefined> =>
    (await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item?.wrapped;
  return {
    make: (personId) => generate(kms, keyId, { person: personId }),
    open: async (personId) => {
      const wrapped = await read(dataKeyItem(personId));
      if (wrapped === undefined) throw new Error('A person has no key.');
      return open(wrapped, { person: personId });
    },
    pepper: async () => {
      if ((await read(PEPPER.item)) === undefined) await putPepper(client, table, kms, keyId);
      return open((await read(PEPPER.item)) ?? '', PEPPER.context);
    },
  };
}

async function generate(kms: KmsCall, KeyId: string, context: Readonly<Record<string, string>>): Promise<DataKey> {
  const { Plaintext, CiphertextBlob } = await kms('GenerateDataKey', {
    KeyId,
    KeySpec: 'AES_256',
    EncryptionContext: context,
  });
  return { plain: Buffer.from(requiredText(Plaintext), 'base64'), wrapped: requiredText(CiphertextBlob) };
}

async function decrypt(
  kms: KmsCall,
  KeyId: string,
  CiphertextBlob: string,
  EncryptionContext: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const { Plaintext } = await kms('Decrypt', { KeyId, CiphertextBlob, EncryptionContext });
  return Buffer.from(requiredText(Plaintext), 'base64');
}

/** Of two functions that make it at the same moment, the first one counts. */
async function putPepper(
  client: DynamoDBDocumentClient,
  TableName: string,
  kms: KmsCall,
  keyId: string,
): Promise<void> {
  const { wrapped } = await generate(kms, keyId, PEPPER.context);
  try {
    const Item = { ...PEPPER.item, wrapped };
    await client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
  }
}
