// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cstddef>

namespace geneglass::testing {

/// In a child before it becomes a program: a socket of any network ends it, and what it starts, at once (the
/// kernel's seccomp). Sockets between programs of this machine stay. False where the kernel has none.
inline bool endAtFirstNetwork() {
  const auto end = static_cast<unsigned>(SECCOMP_RET_KILL_PROCESS),
             go = static_cast<unsigned>(SECCOMP_RET_ALLOW);
  sock_filter filter[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0),
                          BPF_STMT(BPF_RET | BPF_K, go),
                          BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
                          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
                          BPF_STMT(BPF_RET | BPF_K, end),
                          BPF_STMT(BPF_RET | BPF_K, go)};
  const sock_fprog program{sizeof filter / sizeof *filter, filter};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace geneglass::testing
