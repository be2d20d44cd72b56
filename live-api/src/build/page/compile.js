/*
 * Runs inside V8 with TypeScript's compiler loaded. Takes every file it may read as a map, so that the result
 * is a function of its arguments: no file system, no network, no clock.
 */
function compile(texts, roots, options, base) {
  const parsed = ts.convertCompilerOptionsFromJson(options, base);
  if (parsed.errors.length > 0) return { diagnostics: parsed.errors.map(describe), outputs: {} };
  const outputs = {};
  const cache = new Map();
  const host = {
    fileExists: path => texts[path] !== undefined,
    readFile: path => texts[path],
    directoryExists: path => Object.keys(texts).some(name => name.startsWith(path + "/")),
    getSourceFile(path, target) {
      if (!cache.has(path)) {
        const text = texts[path];
        cache.set(path, text === undefined ? undefined : ts.createSourceFile(path, text, target));
      }
      return cache.get(path);
    },
    writeFile: (path, text) => { outputs[path] = text; },
    getDefaultLibFileName: () => "/lib/lib.d.ts",
    getDefaultLibLocation: () => "/lib",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: path => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const program = ts.createProgram(roots, parsed.options, host);
  const found = ts.getPreEmitDiagnostics(program);
  if (found.length === 0) program.emit();
  return { diagnostics: found.map(describe), outputs };
}

function describe(diagnostic) {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
  if (diagnostic.file === undefined) return `TS${diagnostic.code}: ${text}`;
  const { line, character } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
  return `${diagnostic.file.fileName}:${line + 1}:${character + 1}: TS${diagnostic.code}: ${text}`;
}
