import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** What is run of CloudFront KeyValueStore. */
export const KEY_VALUE_STORE_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::CloudFront::KeyValueStore',
    references: (_, name) => ({
      ref: name,
      attributes: { Arn: localArn('cloudfront', '', `key-value-store/${name}`), Id: name },
    }),
    properties: {
      Comment: TEXT_FOR_PEOPLE,
      ImportSource: { object: { SourceArn: 'run', SourceType: { only: ['S3'] } } },
      Name: TEXT_FOR_PEOPLE,
      Tags: TEXT_FOR_PEOPLE,
    },
  },
];
