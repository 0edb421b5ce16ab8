import { saveFile } from '../shared/save-file.ts';

/** Has the browser save a value as a JSON file. */
export function saveJson(value: unknown, fileName: string): void {
  saveFile(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }), fileName);
}
