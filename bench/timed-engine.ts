// An engine each of whose kernels is timed whenever it is called.

const LEAST_SHARE = 0.02;

/** An engine whose kernels are timed, and what tells where the time of some calls went. */
export function profiled<E extends { readonly kernels: object }>(
  engine: E,
): { engine: E; profile: (call: () => void, calls: number) => readonly [string, string] } {
  const spent = new Map<string, number>();
  const timed = Object.entries(engine.kernels).map(([name, kernel]) => [name, timing(name, kernel as Kernel, spent)]);
  const profile = (call: () => void, calls: number): readonly [string, string] => {
    call();
    spent.clear();
    const start = performance.now();
    for (let i = 0; i < calls; i += 1) call();
    return sharesOf(spent, performance.now() - start, calls);
  };
  return { engine: { ...engine, kernels: Object.fromEntries(timed) as E['kernels'] }, profile };
}

function sharesOf(spent: ReadonlyMap<string, number>, total: number, calls: number): readonly [string, string] {
  const rest = total - [...spent.values()].reduce((sum, time) => sum + time, 0);
  const parts = [...spent, ['driver and results', rest] as const].filter(([, time]) => time > LEAST_SHARE * total);
  const text = parts
    .sort(([, one], [, other]) => other - one)
    .map(([part, time]) => `${part} ${Math.round((100 * time) / total)} %`);
  return [(total / calls).toFixed(2), text.join(', ')];
}

type Kernel = (...args: readonly number[]) => unknown;

function timing(name: string, kernel: Kernel, spent: Map<string, number>): Kernel {
  return (...args) => {
    const start = performance.now();
    const result = kernel(...args);
    spent.set(name, (spent.get(name) ?? 0) + performance.now() - start);
    return result;
  };
}
