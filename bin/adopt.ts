import { adopt } from '../cli/adopt/adopt.ts';

process.exitCode = adopt(process.argv.slice(2), (text) => void process.stdout.write(text));
