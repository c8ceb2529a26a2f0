import { SignatureV4 } from '@smithy/signature-v4';
import { inject } from 'vitest';
import { MEDIA_URL_HEADER } from '../../lambda/contract/edge.ts';
import { type Credentials, REGION } from './clients.ts';
import { callApi } from './deployed-api.ts';
import { ROOT } from './ministack.ts';
import { type Answer, sendToHost } from './send-to-host.ts';
