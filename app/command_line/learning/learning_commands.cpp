// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/learning_commands.h"

extern "C" const geneglass::LearningCommands* geneglassLearningCommands() {
  static constexpr geneglass::LearningCommands kCommands{
      geneglass::addPretrainCommand, geneglass::addTrainCommand, geneglass::addEvaluateCommand};
  return &kCommands;
}
