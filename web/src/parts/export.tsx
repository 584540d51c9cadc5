/** Hands what is shown to the reader as a file. */
export function ExportButton({ name, value }: { name: string; value: unknown }) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${name}.json`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <button type="button" class="quiet" onClick={save}>
      Save as JSON
    </button>
  );
}
