import type { AuditAction } from '../audit/actions.ts';
import type { ChangeNote } from '../library/store/change-note.ts';
import type { WebhookEventType } from './webhook.ts';

/** An event before it is known what the file or folder is by now. */
export interface Announcement {
  /** The same whenever the change is told again; receivers know a repetition by it. */
  readonly id: string;
  readonly type: WebhookEventType;
  /** When the change was made, ISO 8601. */
  readonly createdAt: string;
  readonly about: { readonly kind: 'file' | 'folder'; readonly id: string };
  /** What is told of something that is gone. @default what it is by then */
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * Actions whose event is about their own object. Not told: what the trash gives up later, because it was told when it came
 * there, and what is in a folder that comes, goes or moves.
 */
const TYPES: { readonly [Action in AuditAction]?: WebhookEventType } = {
  'file.updated': 'file.updated',
  'file.moved': 'file.updated',
  'version.restored': 'file.updated',
  'file.restored': 'file.created',
  'folder.created': 'folder.created',
  'folder.restored': 'folder.created',
  'folder.moved': 'folder.updated',
  'folder.restricted': 'folder.updated',
};

/** What a change is told as: nothing, one event, or two where one file became versions of another. */
export function announcementsOf(note: ChangeNote): readonly Announcement[] {
  const { action, object } = note;
  if (action === undefined || object === undefined) return [];
  const { eventId: id, at: createdAt, createsFile, versionId = '', mergedInto } = note;
  const file = { kind: 'file', id: object.id } as const;
  const ofFile = { id, createdAt, about: file };
  switch (action) {
    case 'file.uploaded':
    case 'file.imported':
    case 'file.copied':
      return [{ ...ofFile, type: createsFile ? 'file.created' : 'file-version.created' }];
    case 'file.trashed':
      return [{ ...ofFile, type: 'file.deleted', data: { fileId: object.id } }];
    case 'version.deleted':
      return [{ ...ofFile, type: 'file-version.deleted', data: { fileId: object.id, versionId } }];
    case 'folder.trashed':
    case 'folder.merged':
      return [
        { id, createdAt, type: 'folder.deleted', about: { ...file, kind: 'folder' }, data: { folderId: object.id } },
      ];
  }
  if (action === 'file.moved' && mergedInto !== undefined) {
    return [
      { ...ofFile, type: 'file.deleted', data: { fileId: object.id } },
      { id: `${id}-into`, createdAt, type: 'file-version.created', about: { kind: 'file', id: mergedInto } },
    ];
  }
  const type = TYPES[action as AuditAction];
  if (type === undefined) return [];
  return [{ id, createdAt, type, about: { kind: type.startsWith('folder.') ? 'folder' : 'file', id: object.id } }];
}
