"use strict";

// Logs in, and shows the documents with the token, which every call of the page carries.
const login = document.getElementById("login");
const failure = document.getElementById("failure");

function show(token) {
  login.hidden = true;
  SwaggerUIBundle({
    dom_id: "#swagger-ui",
    urls: [
      { name: "Authentication and tokens", url: "/pty/v1/auth/doc" },
      { name: "Policy management", url: "/pty/v2/pim/doc" },
      { name: "Resilient packages", url: "/pty/v1/rps/doc" },
    ],
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: "StandaloneLayout",
    validatorUrl: null,
    requestInterceptor: (request) => {
      request.headers.Authorization ??= "Bearer " + token;
      return request;
    },
  });
}

login.addEventListener("submit", async (event) => {
  event.preventDefault();
  failure.textContent = "";
  const password = document.getElementById("password");
  const answer = await fetch("/pty/v1/auth/login/token", {
    method: "POST",
    body: new URLSearchParams({
      loginname: document.getElementById("name").value,
      password: password.value,
    }),
  });
  password.value = "";
  if (answer.ok) {
    show(answer.headers.get("pty_access_jwt_token"));
  } else {
    failure.textContent = (await answer.json()).detail;
  }
});
