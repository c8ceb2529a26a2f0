/** The program that runs a cloud, as its folders and messages name it. */
export interface Program {
  /** In lower case. Temporary folders begin with it. */
  readonly name: string;
  /** Environment variables begin with it: `PREFIX_STATE` is the state folder, `PREFIX_DYNOXIDE` the DynamoDB server. */
  readonly environmentPrefix: string;
  /** File name of the script that people start. Processes of the program have it in their command line. */
  readonly script: string;
}

/** Name of one of the program's environment variables. */
export function variableOf({ environmentPrefix }: Program, name: 'STATE' | 'DYNOXIDE'): string {
  return `${environmentPrefix}_${name}`;
}
