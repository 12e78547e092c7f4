// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/thread_priority.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace geneglass {

void lowerThreadPriority() {
#ifdef __linux__
  setpriority(PRIO_PROCESS, 0, 10);  // Linux takes 0 as the calling thread
#endif
}

}  // namespace geneglass
