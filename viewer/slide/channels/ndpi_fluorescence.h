// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// Makes a fluorescence slide of one that a Hamamatsu scanner took through a fluorescence filter, as its file
/// says (tag 65434 names the filter, 65451 the wavelength): the three colours of its picture are the
/// channels, and show it as it was. Leaves every other slide as it is. Blocks on the disk.
void markFluorescence(const FileHead& head, DriverOutcome& outcome);

}  // namespace geneglass
