const patienceMilliseconds = 10_000;

/** Has the browser save a value as a JSON file. */
export function saveJson(value: unknown, fileName: string): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), patienceMilliseconds);
}
