import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { LIMITS } from '../../contract/limits.ts';
import type { MailChange } from '../../core/accounts/people/mail-change-store.ts';
import type { Person } from '../../core/accounts/people/person.ts';
import { isActiveOwner } from '../../core/accounts/people/person.ts';
import type { PersonChange, PersonOutcome, PersonStore } from '../../core/accounts/people/person-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { dataKeyItem } from '../personal-data/data-keys.ts';
import { mailChangeKey } from './mail-changes.ts';

const PARTITION = 'people';

/** How many people and active owners there are. */
const COUNT = { pk: PARTITION, sk: 'count' };

export interface PeopleTables {
  readonly accounts: string;
  /** Of people's own keys. */
  readonly keys: string;
}

/**
 * People in the accounts table: one partition, in which they are listed, and an item for each way to find one. The event
 * goes into the home region's audit table, in the same transaction.
 */
export function people(client: DynamoDBDocumentClient, tables: PeopleTables, commit: CommitWithEvent): PersonStore {
  const get = async (Key: Readonly<Record<string, string>>) =>
    (await client.send(new GetCommand({ TableName: tables.accounts, Key, ConsistentRead: true }))).Item;
  const find = async (id: string): Promise<Person | undefined> => toPerson(await get(personKey(id)));
  const findBy = async (pk: string): Promise<Person | undefined> => {
    const item = await get({ pk, sk: 'person' });
    return item && find(String(item.person));
  };
  return {
    find,
    findByMail: (digest) => findBy(pointer.mail(digest)),
    findByAccount: (digest) => findBy(pointer.account(digest)),
    findByInvitation: (digest) => findBy(pointer.invitation(digest)),
    list: async () => {
      const found: Person[] = [];
      const query = {
        TableName: tables.accounts,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :person)',
        ExpressionAttributeValues: { ':pk': PARTITION, ':person': 'person#' },
      };
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        found.push(...Items.flatMap((item) => toPerson(item) ?? []));
      }
      return found.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    },
    commit: async (change, event) => {
      const steps = stepsOf(tables, change);
      const fate = await commit(
        steps.map(({ item }) => item),
        event,
      );
      return fate.kind === 'committed' ? 'committed' : (steps[fate.item]?.refusal ?? 'changed');
    },
  };
}

/** A part of the transaction, and what it means when its condition does not hold. */
interface Step {
  readonly item: TransactItem;
  readonly refusal: PersonOutcome;
}

const personKey = (id: string) => ({ pk: PARTITION, sk: `person#${id}` });

const pointer = {
  mail: (digest: string) => `person-mail#${digest}`,
  account: (digest: string) => `person-account#${digest}`,
  invitation: (digest: string) => `person-invitation#${digest}`,
};

function toPerson(item: Readonly<Record<string, unknown>> | undefined): Person | undefined {
  return typeof item?.settings === 'string' ? (JSON.parse(item.settings) as Person) : undefined;
}

function stepsOf(tables: PeopleTables, change: PersonChange): Step[] {
  const { before, after, dataKey, mailChange } = change;
  const id = (after ?? before)?.id ?? '';
  return [
    { item: recordStep(tables.accounts, change), refusal: 'changed' },
    ...pointerSteps(tables.accounts, id, pointersOf(before), pointersOf(after)),
    ...countSteps(tables.accounts, change),
    ...keySteps(tables.keys, id, dataKey, after === undefined),
    ...(mailChange ? [mailChangeStep(tables.accounts, mailChange)] : []),
  ];
}

function recordStep(TableName: string, { before, after }: PersonChange): TransactItem {
  const condition = before
    ? {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before.version },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  if (!after) return { Delete: { TableName, Key: personKey(before?.id ?? ''), ...condition } };
  const Item = { ...personKey(after.id), version: after.version, settings: JSON.stringify(after) };
  return { Put: { TableName, Item, ...condition } };
}

function pointersOf(person: Person | undefined): readonly string[] {
  if (!person) return [];
  return [
    pointer.mail(person.mailDigest),
    ...(person.accountDigest ? [pointer.account(person.accountDigest)] : []),
    ...(person.invitation ? [pointer.invitation(person.invitation.digest)] : []),
  ];
}

function pointerSteps(TableName: string, id: string, before: readonly string[], after: readonly string[]): Step[] {
  const gone = before.filter((pk) => !after.includes(pk));
  const come = after.filter((pk) => !before.includes(pk));
  return [
    ...gone.map((pk): Step => ({ item: { Delete: { TableName, Key: { pk, sk: 'person' } } }, refusal: 'changed' })),
    ...come.map(
      (pk): Step => ({
        item: {
          Put: { TableName, Item: { pk, sk: 'person', person: id }, ConditionExpression: 'attribute_not_exists(pk)' },
        },
        refusal: 'taken',
      }),
    ),
  ];
}

/** Two owners who demote each other at the same moment meet in this item. */
function countSteps(TableName: string, { before, after }: PersonChange): Step[] {
  const peopleMore = Number(after !== undefined) - Number(before !== undefined);
  const ownersMore = Number(isActiveOwner(after)) - Number(isActiveOwner(before));
  if (peopleMore === 0 && ownersMore === 0) return [];
  const room = 'attribute_not_exists(people) OR people < :limit';
  return [
    {
      item: {
        Update: {
          TableName,
          Key: COUNT,
          UpdateExpression: 'ADD people :people, owners :owners',
          ...(peopleMore > 0 && { ConditionExpression: room }),
          ...(ownersMore < 0 && { ConditionExpression: 'owners > :one' }),
          ExpressionAttributeValues: {
            ':people': peopleMore,
            ':owners': ownersMore,
            ...(peopleMore > 0 && { ':limit': LIMITS.people }),
            ...(ownersMore < 0 && { ':one': 1 }),
          },
        },
      },
      refusal: ownersMore < 0 ? 'last-owner' : 'full',
    },
  ];
}

/** A change is made once, and not when another one took its place. */
const mailChangeStep = (TableName: string, { id, personId }: MailChange): Step => ({
  item: {
    Delete: {
      ...{ TableName, Key: mailChangeKey(personId) },
      ConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': id },
    },
  },
  refusal: 'changed',
});

function keySteps(TableName: string, id: string, dataKey: string | undefined, isRemoved: boolean): Step[] {
  const { pk, sk } = dataKeyItem(id);
  if (isRemoved) return [{ item: { Delete: { TableName, Key: { pk, sk } } }, refusal: 'changed' }];
  if (dataKey === undefined) return [];
  const Item = { pk, sk, wrapped: dataKey };
  return [{ item: { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } }, refusal: 'changed' }];
}
