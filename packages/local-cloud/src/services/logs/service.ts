import type { Service } from '../../service/service.ts';
import { LOGS_RESOURCE_TYPES } from './properties.ts';

export const logs: Service = { name: 'logs', resourceTypes: LOGS_RESOURCE_TYPES };
