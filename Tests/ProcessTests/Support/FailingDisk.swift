// A disk that fails when told to: a few system calls are put before the C library's, in the child alone.
// Compiled with the compiler that comes with Swift; without one these tests are skipped.
import Glibc
import TestSupport
import Testing

struct FailingDisk: Sendable {
    static let compiler: String? = {
        let places = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").map(String.init) + ["/usr/bin"]
        return places.flatMap { folder in ["clang", "cc", "gcc"].map { "\(folder)/\($0)" } }.first { access($0, X_OK) == 0 }
    }()

    let library: String
    let bench: Bench

    init(_ bench: Bench) async throws {
        self.bench = bench
        library = bench.folder + "/failing_disk.so"
        let source = bench.write("failing_disk.c", Self.source), target = library
        let compiler = try #require(Self.compiler)
        let ended = try await Gate.processes.through {
            try Child(
                [compiler, "-shared", "-fPIC", "-O1", "-o", target, source, "-ldl"], environment: ["PATH": "/usr/bin:/bin"],
                folder: bench.folder, output: bench.folder + "/output/compile"
            ).wait(seconds: Bench.limit)
        }
        try #require(ended.way == .exit(0), "\(ended)")
    }

    /// What makes a child's calls on files named like `file` fail, as long as the file `marker` is there.
    func variables(_ calls: String, on file: String, with number: Int32, as long: String) -> [String: String] {
        ["LD_PRELOAD": library, "FAULT_CALLS": calls, "FAULT_FILE": file, "FAULT_ERRNO": "\(number)", "FAULT_WHILE": long, "FAULT_LOG": log]
    }

    private var log: String { bench.folder + "/faults" }

    /// The calls that failed so far, in order.
    var failed: [String] { Files.text(log).split(separator: "\n").map(String.init) }

    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/types.h>
        #include <unistd.h>

        static int fails(const char *call, int fd) {
            const char *calls = getenv("FAULT_CALLS"), *file = getenv("FAULT_FILE"), *marker = getenv("FAULT_WHILE");
            const char *log = getenv("FAULT_LOG"), *number = getenv("FAULT_ERRNO");
            if (!calls || !file || !marker || !log || !number || !strstr(calls, call) || access(marker, F_OK) != 0) return 0;
            char link[64], path[4096];
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
            ssize_t length = readlink(link, path, sizeof path - 1);
            if (length < 0) return 0;
            path[length] = 0;
            if (!strstr(path, file)) return 0;
            int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
            if (out >= 0) { dprintf(out, "%s\\n", call); close(out); }
            errno = atoi(number);
            return 1;
        }

        #define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
        ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) { REAL(pwrite64); return fails("write", fd) ? -1 : real(fd, b, n, at); }
        ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { REAL(pwrite); return fails("write", fd) ? -1 : real(fd, b, n, at); }
        int fsync(int fd) { REAL(fsync); return fails("sync", fd) ? -1 : real(fd); }
        int fdatasync(int fd) { REAL(fdatasync); return fails("sync", fd) ? -1 : real(fd); }
        """
}
