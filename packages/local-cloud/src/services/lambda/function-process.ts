import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { guardProcess } from '../../processes/process-guard.ts';
import type { FunctionConfiguration } from './configuration.ts';

const PRELOAD = fileURLToPath(new URL('./runtime-client-preload.cjs', import.meta.url));
const RUNTIME_CLIENT = createRequire(import.meta.url).resolve('aws-lambda-ric');

/** Characters of one log line; a longer one is cut into lines of this size. */
const LINE_CHARACTERS = 65_536;

/**
 * Starts AWS's runtime client with the function's code. The process leads its own group, so that what the function
 * starts ends with it, and it never outlives this process.
 */
export function startFunctionProcess(configuration: FunctionConfiguration, runtimeApi: string): ChildProcess {
  const child = spawn(
    process.execPath,
    [...memoryFlags(configuration.memoryMegabytes), '--require', PRELOAD, RUNTIME_CLIENT],
    {
      cwd: configuration.codeFolder,
      env: processEnvironment(configuration, runtimeApi),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  guardProcess(child, 'group');
  forwardLines(child.stdout as Readable, configuration.log);
  forwardLines(child.stderr as Readable, configuration.log);
  return child;
}

/** The managed runtime gives a tenth of the memory to V8's young generation and the rest to the old one. */
export function memoryFlags(memoryMegabytes: number): string[] {
  const young = Math.floor(memoryMegabytes / 10);
  return [
    `--max-old-space-size=${memoryMegabytes - young}`,
    `--max-semi-space-size=${Math.max(1, Math.floor(young / 2))}`,
  ];
}

/**
 * What Lambda sets ("Defined runtime environment variables") and the function's own variables. Of this process's
 * environment only the path is passed on: a developer's AWS profile or proxy must not decide what a function does.
 */
function processEnvironment(configuration: FunctionConfiguration, runtimeApi: string): Record<string, string> {
  const { region } = configuration;
  return {
    ...machineEnvironment(region),
    ...configuration.environment,
    ...(configuration.layerPackages && { _LOCAL_LAYER_PACKAGES: configuration.layerPackages.join(',') }),
    ...loggingEnvironment(configuration),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: configuration.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${configuration.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: randomUUID(),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: configuration.codeFolder,
    _HANDLER: configuration.handler,
  };
}

/** Of every process that stands for an environment of Lambda. */
export function machineEnvironment(region: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    // The SDK would read the profile in the home folder.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  };
}

/** The runtime client itself formats and filters what the function logs. */
function loggingEnvironment({ logging }: FunctionConfiguration): Record<string, string> {
  if (!logging) return {};
  return {
    AWS_LAMBDA_LOG_FORMAT: logging.format,
    ...(logging.level !== undefined && { AWS_LAMBDA_LOG_LEVEL: logging.level }),
  };
}

export function forwardLines(output: Readable, log: (line: string) => void): void {
  let rest = '';
  output.setEncoding('utf8');
  output.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) log(line);
    for (; rest.length > LINE_CHARACTERS; rest = rest.slice(LINE_CHARACTERS)) log(rest.slice(0, LINE_CHARACTERS));
  });
  output.on('end', () => {
    if (rest) log(rest);
  });
}
