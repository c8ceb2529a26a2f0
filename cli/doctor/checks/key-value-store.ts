import { DescribeKeyValueStoreCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { type Check, judge, ONLY_IN_AWS } from '../check.ts';

/** Amazon CloudFront, "Quotas on key value stores": 5 MB. */
const BYTES = 5 * 1024 * 1024;

export const keyValueStore: Check = {
  title: 'Room in the KeyValueStore',
  run: async ({ deployment }) => {
    if (!deployment.aws) return ONLY_IN_AWS;
    const { edge, clients } = deployment.aws;
    const { ItemCount = 0, TotalSizeInBytes = 0 } = await clients.keyValueStore.send(
      new DescribeKeyValueStoreCommand({ KvsARN: edge.settingsStoreArn }),
    );
    return judge(
      TotalSizeInBytes < BYTES * 0.8,
      `${ItemCount} entries, ${Math.ceil(TotalSizeInBytes / 1024)} KB of ${BYTES / 1024} KB`,
      'There is room for more endpoints, keys, rules and takedowns.',
      'The store is nearly full: end rules and takedowns that are not needed.',
    );
  },
};
