// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// Screen readers hear of a named label its name and what it says ("Magnification: 20.0×"), also when that
/// changes, and of a box of choices what it is for, its choice being its value. Once, with a QApplication.
void speakValues();

}  // namespace geneglass
