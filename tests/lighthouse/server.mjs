// A server with the demonstration's territory, on a port of its own. It is PARVIS_BIN or target/debug/parvis.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const BINARY = process.env.PARVIS_BIN ?? join(root, "target/debug/parvis");

export async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), "parvis-lighthouse-"));
  const env = {
    ...process.env,
    PARVIS_DATABASE: `sqlite:${join(folder, "demo.db")}`,
    PARVIS_MEDIA: join(folder, "media"),
    PARVIS_LISTEN: "127.0.0.1:0",
    PARVIS_LOG_FILTER: "warn",
    PARVIS_SHUTDOWN_SECONDS: "0",
  };
  for (const name of ["PARVIS_BIN", "PARVIS_CHROMIUM", "PARVIS_LIGHTHOUSE_RUNS"]) delete env[name];
  await promisify(execFile)(BINARY, ["demo"], { env, cwd: folder });
  const child = spawn(BINARY, ["serve"], { env, cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server ended with ${code} before it listened`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [found] = /http:\/\/\S+/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { address, stop };
}
