// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/closed_off.h"

#include <fmt/format.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <vector>

namespace geneglass {
namespace {

#if defined(__x86_64__)
constexpr uint32_t kProcessor = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t kProcessor = AUDIT_ARCH_AARCH64;
#else
constexpr uint32_t kProcessor = 0;
#endif

/// Memory, threads of its own, clocks, and files that are open already. What stands first is asked most.
constexpr long kAllowed[] = {SYS_futex,
                             SYS_read,
                             SYS_write,
                             SYS_recvfrom,
                             SYS_sendto,
                             SYS_mmap,
                             SYS_munmap,
                             SYS_mprotect,
                             SYS_madvise,
                             SYS_brk,
                             SYS_mremap,
                             SYS_pread64,
                             SYS_lseek,
                             SYS_sched_yield,
                             SYS_sched_getaffinity,
                             SYS_getcpu,
                             SYS_clock_gettime,
                             SYS_clock_getres,
                             SYS_gettimeofday,
                             SYS_clock_nanosleep,
                             SYS_nanosleep,
                             SYS_getpid,
                             SYS_gettid,
                             SYS_getrandom,
                             SYS_rt_sigaction,
                             SYS_rt_sigprocmask,
                             SYS_rt_sigreturn,
                             SYS_sigaltstack,
                             SYS_set_robust_list,
                             SYS_rseq,
                             SYS_set_tid_address,
                             SYS_membarrier,
                             SYS_get_mempolicy,
                             SYS_getrusage,
                             SYS_sysinfo,
                             SYS_uname,
                             SYS_close,
                             SYS_exit,
                             SYS_exit_group,
                             SYS_restart_syscall};

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, field))
#define UNLESS_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(value), 0, skip)
#define UNLESS_SET(bits, skip) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, static_cast<uint32_t>(bits), 0, skip)
#define ANSWER(what) BPF_STMT(BPF_RET | BPF_K, static_cast<uint32_t>(what))

std::vector<sock_filter> callFilter() {
  constexpr uint32_t kRefused = SECCOMP_RET_ERRNO | EACCES;
  std::vector<sock_filter> filter{LOAD(arch), UNLESS_EQUAL(kProcessor, 1), BPF_STMT(BPF_JMP | BPF_JA, 1),
                                  ANSWER(SECCOMP_RET_KILL_PROCESS), LOAD(nr)};
  for (const long call : kAllowed) {
    filter.push_back(UNLESS_EQUAL(call, 1));
    filter.push_back(ANSWER(SECCOMP_RET_ALLOW));
  }
  // The C library then asks for clone(), whose flags can be read here: a thread, no process.
  filter.insert(filter.end(), {UNLESS_EQUAL(SYS_clone3, 1), ANSWER(SECCOMP_RET_ERRNO | ENOSYS)});
  filter.insert(filter.end(), {UNLESS_EQUAL(SYS_clone, 4), LOAD(args[0]), UNLESS_SET(CLONE_THREAD, 1),
                               ANSWER(SECCOMP_RET_ALLOW), ANSWER(kRefused)});
  // Limits are read, not set.
  filter.insert(filter.end(), {UNLESS_EQUAL(SYS_prlimit64, 6), LOAD(args[2]), UNLESS_EQUAL(0, 3),
                               BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[2]) + 4),
                               UNLESS_EQUAL(0, 1), ANSWER(SECCOMP_RET_ALLOW), ANSWER(kRefused)});
  filter.push_back(ANSWER(kRefused));
  return filter;
}

#undef LOAD
#undef UNLESS_EQUAL
#undef UNLESS_SET
#undef ANSWER

/// A second lock before the first, where the kernel has it: no file may be opened, made or removed.
void closeFiles() {
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // all of the first version
  const long set = ::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules.handled_access_fs, 0);
  if (set < 0) return;
  ::syscall(SYS_landlock_restrict_self, set, 0);
  ::close(static_cast<int>(set));
}

bool limit(int resource, uint64_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &now) != 0) return false;
  const auto wanted = static_cast<rlim_t>(most);
  now.rlim_max = now.rlim_max == RLIM_INFINITY || now.rlim_max > wanted ? wanted : now.rlim_max;
  now.rlim_cur = now.rlim_max;
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &now) == 0;
}

}  // namespace

Result<void> closeOff([[maybe_unused]] uint64_t mostBytes) {
  const auto cannot = [](const char* what) {
    return fail(fmt::format("this system cannot close its program off ({}: {})", what, std::strerror(errno)));
  };
  if (kProcessor == 0)
    return fail("this processor's calls are not known, so that its program cannot be closed off");
    // A sanitizer's shadow takes all the addresses there are.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  constexpr uint64_t kReserved = uint64_t(16) << 30;  // addresses of libraries and of threads' stacks
  if (!limit(RLIMIT_DATA, mostBytes) || !limit(RLIMIT_AS, mostBytes + kReserved)) return cannot("limits");
#endif
  if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 0)) return cannot("limits");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return cannot("privileges");
  closeFiles();
  std::vector<sock_filter> filter = callFilter();
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) != 0)
    return cannot("seccomp");
  return {};
}

}  // namespace geneglass
