package dev.hapax.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that is only the name of others, and says which, if it is called alone. */
abstract class GroupCommand implements Runnable {
    private final String choice;

    @Spec
    private CommandSpec spec;

    /**
     * Is called by its others.
     *
     * @param choice what to say instead: which there are
     */
    @SuppressWarnings("NullAway.Init") // picocli sets the specification
    GroupCommand(String choice) {
        this.choice = choice;
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), choice);
    }
}
