// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// Of this thread and those it starts from now on, so that the viewer's are given the processor first.
void lowerThreadPriority();

}  // namespace geneglass
