// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/formats/driver.h"

namespace geneglass {

/// The driver of DICOM VL Whole Slide Microscopy: a folder, or any instance in it, is the slide of that
/// series. Tiles are JPEG, JPEG 2000, run lengths or raw; only the bytes of a wanted frame are read. Label
/// and overview may identify the patient. The identity covers the files of the levels, whatever they are
/// called and whichever of them was opened. What is lost of it is said in Slide::damage.
extern const Driver kDicomDriver;

}  // namespace geneglass
