// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/window/call.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Does what a call without a window asks for: draws the snapshot or predicts and writes the report. Blocks;
/// needs a QGuiApplication. Shows progress on standard error when that is a terminal.
Result<void> runUnattended(const Call& call);

}  // namespace geneglass
