// A wall clock that is wrong, in one child alone: the system call's answer is moved before the program sees it. What
// the machine counts goes on. Compiled with the compiler that comes with Swift; without one these tests are skipped.
import Foundation
import TestSupport

enum WrongClock {
    static let library: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/bin"]
        let compilers = folders.flatMap { folder in ["clang", "cc", "gcc"].map { "\(folder)/\($0)" } }
        guard let compiler = compilers.first(where: FileManager.default.isExecutableFile) else { return nil }
        let folder = FileManager.default.temporaryDirectory.path + "/carillon-clock-\(UUID().uuidString)"
        guard mkdir(folder, 0o700) == 0, Files.write(Array(source.utf8), to: folder + "/clock.c") else { return nil }
        let compiled = try? Child(
            [compiler, "-shared", "-fPIC", "-O1", "-o", "clock.so", "clock.c"], environment: ProcessInfo.processInfo.environment, folder: folder,
            output: folder + "/said"
        ).wait(seconds: 120)
        return compiled?.way == .exit(0) ? folder + "/clock.so" : nil
    }()

    /// The environment of a child whose clock is so many seconds ahead.
    static func ahead(_ seconds: Int64) -> [String: String] { library.map { ["LD_PRELOAD": $0, "CLOCK_AHEAD": "\(seconds)"] } ?? [:] }

    /// The environment of a child that says which library asks to clean up when the process ends.
    static var sayingItsEnd: [String: String] { library.map { ["LD_PRELOAD": $0, "CLOCK_SAYS_END": "1"] } ?? [:] }

    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        int clock_gettime(clockid_t clock, struct timespec *time) {
            int result = syscall(SYS_clock_gettime, clock, time);
            const char *ahead = getenv("CLOCK_AHEAD");
            if (result == 0 && ahead && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += atoll(ahead);
            return result;
        }
        int gettimeofday(struct timeval *moment, void *zone) {
            struct timespec time;
            clock_gettime(CLOCK_REALTIME, &time);
            moment->tv_sec = time.tv_sec;
            moment->tv_usec = time.tv_nsec / 1000;
            return 0;
        }
        time_t time(time_t *moment) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (moment) *moment = now.tv_sec;
            return now.tv_sec;
        }
        int __cxa_atexit(void (*end)(void *), void *argument, void *object) {
            static int (*next)(void (*)(void *), void *, void *);
            Dl_info place;
            if (!next) next = (int (*)(void (*)(void *), void *, void *))dlsym(RTLD_NEXT, "__cxa_atexit");
            if (getenv("CLOCK_SAYS_END") && dladdr((void *)end, &place)) dprintf(2, "at the end: %s\\n", place.dli_fname);
            return next(end, argument, object);
        }
        """
}
