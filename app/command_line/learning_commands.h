// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line/command.h"

namespace geneglass {

/// The commands that compute with LibTorch. They are a module that the program loads when one of them, or
/// help, is called: LibTorch alone takes a second to load.
struct LearningCommands {
  void (*pretrain)(CLI::App& program, Run& run);
  void (*train)(CLI::App& program, Run& run);
  void (*evaluate)(CLI::App& program, Run& run);
};

/// What the module exports.
using FindLearningCommands = const LearningCommands* (*)();
constexpr const char* kLearningModule = "learning";
constexpr const char* kFindLearningCommands = "geneglassLearningCommands";

}  // namespace geneglass
